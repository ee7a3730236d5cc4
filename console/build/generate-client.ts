import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

// Writes the client's types from the OpenAPI document of all APIs (`npm run console:client`).

interface Operation {
  parameters?: { readonly in: string }[];
}

const document = JSON.parse(readFileSync(new URL('../openapi.generated.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
// The headers (Idempotency-Key, Prefer) are the client's own business: nobody who calls it has to name them.
for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path)))
  operation.parameters = operation.parameters?.filter((parameter) => parameter.in !== 'header') ?? [];

writeFileSync(
  new URL('../src/client/schema.generated.d.ts', import.meta.url),
  `// Written by npm run console:client; not to be edited.\n${astToString(await openapiTS(JSON.stringify(document)))}`,
);
