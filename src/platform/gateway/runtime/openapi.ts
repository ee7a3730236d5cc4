import type { TSchema } from 'typebox';
import type { Outcome } from '../answer.ts';
import type { Api } from '../api.ts';
import { sessionCookie } from '../people-door.ts';
import { isStream, type Route } from '../route.ts';
import { gatewayProblems, meanings } from './problem-table.ts';

type Document = Readonly<Record<string, unknown>>;

/** What each good outcome is in HTTP. */
export const outcomeStatus: Readonly<Record<Outcome, number>> = { ok: 200, created: 201, accepted: 202 };

const outcomeText: Readonly<Record<Outcome, string>> = {
  ok: 'Here it is.',
  created: 'It was made, and this is what it is by now.',
  accepted: 'It is durably accepted and goes on.',
};

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'retryable', 'errors'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong this time and what to do.' },
    instance: { type: 'string', format: 'uri', description: 'Names this occurrence; give it when you ask for help.' },
    code: { type: 'string', description: 'Stable: decide by this one.' },
    retryable: { type: 'boolean', description: 'The same request, with the same Idempotency-Key, may succeed later.' },
    errors: {
      type: 'array',
      description: 'Everything that is wrong, at once.',
      items: {
        type: 'object',
        required: ['code', 'path', 'message'],
        properties: {
          code: { type: 'string' },
          path: { type: 'string', format: 'json-pointer' },
          message: { type: 'string' },
          in: { enum: ['path', 'query', 'header'], description: 'Where the path starts; absent: in the body.' },
        },
      },
    },
  },
};

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key with the scope named.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key, in another place.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
    description: 'Of a person who has signed in, and whose role has the scope. A write must come from the same origin.',
  },
};

const whoMay = (scope: string): readonly Document[] =>
  Object.keys(securitySchemes).map((name) => ({ [name]: [scope] }));

/** The schema as it validates, without the ids that would move the base of references. */
const published = (schema: TSchema): unknown =>
  JSON.parse(JSON.stringify(schema, (name, value: unknown) => (name === '$id' ? undefined : value)));

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
}

function parameters(place: 'path' | 'query', schema: TSchema | undefined): readonly Document[] {
  const { properties = {}, required = [] } = (schema ?? {}) as ObjectSchema;
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: published(part),
  }));
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Names this write and nothing else. Sent again with the same body it gives the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[!-~]+$' },
};

const prefer = {
  name: 'Prefer',
  in: 'header',
  description: 'RFC 7240: `wait=10` waits up to so many seconds (30 at most) for a result.',
  schema: { type: 'string', examples: ['wait=10'] },
};

const problemAnswer = (description: string): Document => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** The route's own problems by status; codes that share one stand together. */
function problemAnswers<Needs>(api: Api<Needs>, route: Route<Needs>): Document {
  const byStatus = new Map<number, string[]>();
  const add = (code: string, status: number): void => {
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  };
  for (const [code, { kind }] of Object.entries(gatewayProblems)) add(code, meanings[kind].status);
  for (const code of route.problems) {
    const kind = api.problems[code]?.kind;
    if (kind !== undefined) add(code, meanings[kind].status);
  }
  const entries = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    entries.map(([status, codes]) => [String(status), problemAnswer(`Codes: ${codes.join(', ')}.`)]),
  );
}

/** What a route answers when all is well, by status. */
function goodAnswers<Needs>(route: Route<Needs>): Document {
  if (isStream(route)) {
    const events = Object.entries(route.events).map(([event, data]) => ({
      type: 'object',
      required: ['event', 'data'],
      properties: { event: { const: event }, data: published(data), id: { type: 'string' } },
    }));
    const description = 'Server-sent events, for as long as the caller listens. `data` of each is JSON in one line.';
    return {
      '200': { description, content: { 'text/event-stream': { schema: { type: 'string' }, 'x-events': events } } },
    };
  }
  const media = route.media ?? 'application/json';
  return Object.fromEntries(
    Object.entries(route.answers).map(([outcome, schema]) => [
      String(outcomeStatus[outcome as Outcome]),
      { description: outcomeText[outcome as Outcome], content: { [media]: { schema: published(schema as TSchema) } } },
    ]),
  );
}

function operation<Needs>(api: Api<Needs>, route: Route<Needs>): Document {
  const write = route.method !== 'GET';
  const body = isStream(route) ? undefined : route.body;
  return {
    operationId: route.name,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    security: route.access === 'public' ? [] : whoMay(route.access.scope),
    parameters: [
      ...parameters('path', route.params),
      ...parameters('query', route.query),
      ...(write ? [idempotencyKey, prefer] : []),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: published(body) } } } }),
    responses: { ...goodAnswers(route), ...problemAnswers(api, route) },
  };
}

/** The OpenAPI 3.1 document of an API, from the very schemas that validate its requests. */
export function openApiDocument<Needs>(api: Api<Needs>): Document {
  const paths: Record<string, Record<string, Document>> = {};
  for (const route of api.routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(api, route) };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: api.title,
      version: api.version,
      description: api.description,
      'x-owner': api.owner,
      'x-lifecycle': api.lifecycle,
      'x-plan': api.plan,
    },
    servers: [{ url: `/api/${api.product}/${api.version}` }],
    paths,
    components: {
      securitySchemes,
      schemas: { Problem: problemSchema },
    },
  };
}
