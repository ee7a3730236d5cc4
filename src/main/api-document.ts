import { writeFileSync } from 'node:fs';
import { openApiDocument } from '#platform/gateway/runtime';
import { apis } from './apis.ts';

// Writes the OpenAPI document of all APIs together, from which the console’s client is made (`npm run console:client`).

const place = new URL('../../console/openapi.generated.json', import.meta.url);

/** One document of all: paths with their API's base before them. */
function wholeDocument(): unknown {
  const paths: Record<string, unknown> = {};
  let components: unknown;
  for (const api of apis) {
    const document = openApiDocument<never>(api as never) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
      readonly components: unknown;
    };
    for (const [path, operations] of Object.entries(document.paths)) {
      const named = Object.entries(operations).map(([method, operation]) => [
        method,
        // Two APIs may have operations of one name.
        { ...operation, operationId: `${api.product}-${api.version}-${operation.operationId}` },
      ]);
      paths[`/api/${api.product}/${api.version}${path === '/' ? '' : path}`] = Object.fromEntries(named);
    }
    components = document.components;
  }
  return { openapi: '3.1.0', info: { title: 'Crossdock', version: '1' }, paths, components };
}

writeFileSync(place, `${JSON.stringify(wholeDocument(), undefined, 1)}\n`);
