import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

// Writes the client's types from the OpenAPI document of all APIs (`npm run console:client`).

const document = JSON.parse(readFileSync(new URL('../openapi.generated.json', import.meta.url), 'utf8'));
writeFileSync(
  new URL('../src/client/schema.generated.d.ts', import.meta.url),
  `// Written by npm run console:client; not to be edited.\n${astToString(await openapiTS(document))}`,
);
