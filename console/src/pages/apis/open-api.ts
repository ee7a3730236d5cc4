import type { JsonSchema } from '../../parts/json-schema.ts';

/** As much of an OpenAPI 3.1 document as the platform writes. */
export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

type Contents = Readonly<Record<string, { readonly schema?: JsonSchema }>>;

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: { readonly content: Contents };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Contents }>>;
}

/** An operation with where it is. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  /** Below the API's base, with its parameters in braces. */
  readonly path: string;
  readonly base: string;
  readonly scope: string | undefined;
  readonly operation: OpenApiOperation;
  readonly body: JsonSchema | undefined;
  /** What a good answer is: `application/json`, `text/csv`, `text/event-stream`. */
  readonly media: string;
}

/** The operations of a document in its order. */
export function operationsOf(document: OpenApiDocument): readonly Operation[] {
  const base = document.servers[0]?.url ?? '';
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const good = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
      return {
        name: operation.operationId,
        method: method.toUpperCase(),
        path,
        base,
        scope: operation.security?.flatMap((way) => Object.values(way).flat())[0],
        operation,
        body: operation.requestBody?.content['application/json']?.schema,
        media: Object.keys(good?.content ?? {})[0] ?? 'application/json',
      };
    }),
  );
}

/** A request made of what was filled in. */
export interface MadeRequest {
  readonly method: string;
  /** With its query, from the root. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What a form asks of a parameter: of one that may be given several times, one. */
export const askedOf = ({ schema }: OpenApiParameter): JsonSchema =>
  schema.anyOf?.some(({ type }) => type === 'array') ? { ...schema.anyOf[0] } : schema;

/** What was filled in, by the name of the parameter. */
export type Filled = Readonly<Record<string, unknown>>;

/** The request that an operation makes with these parameters and this body. Headers without a value are left out. */
export function requestOf({ method, base, path, operation }: Operation, filled: Filled, body: unknown): MadeRequest {
  let asked = `${base}${path === '/' ? '' : path}`;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const parameter of operation.parameters ?? []) {
    const value = filled[parameter.name];
    if (value === undefined || value === '') continue;
    if (parameter.in === 'path') asked = asked.replace(`{${parameter.name}}`, encodeURIComponent(String(value)));
    else if (parameter.in === 'query') query.set(parameter.name, String(value));
    else headers[parameter.name] = String(value);
  }
  const hasBody = operation.requestBody !== undefined;
  if (hasBody) headers['Content-Type'] = 'application/json';
  return {
    method,
    path: query.size === 0 ? asked : `${asked}?${query}`,
    headers,
    body: hasBody ? JSON.stringify(body ?? {}) : undefined,
  };
}

/** A word for a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request as a command; the key comes from the environment, so that it stands in no history. */
export function curlOf({ method, path, headers, body }: MadeRequest, origin: string): string {
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(origin + path)}`,
    '-H "Authorization: Bearer $CROSSDOCK_KEY"',
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quoted(body)}`]),
  ];
  return lines.join(' \\\n  ');
}
