import { describe, expect, test } from 'vitest';
import { askedOf, curlOf, type OpenApiDocument, operationsOf, requestOf } from './open-api.ts';

const document: OpenApiDocument = {
  info: { title: 'Things', version: 'v1' },
  servers: [{ url: '/api/things/v1' }],
  paths: {
    '/things/{thing}': {
      get: {
        operationId: 'showThing',
        security: [{ bearer: ['things:read'] }],
        parameters: [
          { name: 'thing', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'search', in: 'query', schema: { type: 'string' } },
          { name: 'Prefer', in: 'header', schema: { type: 'string' } },
        ],
        responses: { 200: { description: 'Here it is.', content: { 'text/csv': {} } } },
      },
      post: {
        operationId: 'changeThing',
        parameters: [{ name: 'thing', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 200: { description: 'Done.' } },
      },
    },
  },
};
const [show, change] = operationsOf(document);
if (show === undefined || change === undefined) throw new Error('the document has two operations');

describe('an operation of an API', () => {
  test('is read with its place, its scope and what it answers', () => {
    expect(show).toMatchObject({
      name: 'showThing',
      method: 'GET',
      base: '/api/things/v1',
      scope: 'things:read',
      media: 'text/csv',
    });
    expect(change).toMatchObject({ method: 'POST', scope: undefined, media: 'application/json' });
  });

  test('becomes a request whose parameters cannot break out of their places', () => {
    expect(requestOf(show, { thing: '../a/b?c', search: 'x&y=1', Prefer: 'wait=1' }, undefined)).toEqual({
      method: 'GET',
      path: '/api/things/v1/things/..%2Fa%2Fb%3Fc?search=x%26y%3D1',
      headers: { Prefer: 'wait=1' },
      body: undefined,
    });
    expect(requestOf(show, { thing: '1', search: '' }, undefined).path).toBe('/api/things/v1/things/1');
  });

  test('asks one of what may be given several times, and leaves a choice a choice', () => {
    const text = { type: 'string', maxLength: 100 };
    const key = { name: 'key', in: 'query', schema: { anyOf: [text, { type: 'array', items: text }] } } as const;
    const sort = { name: 'sort', in: 'query', schema: { anyOf: [{ const: 'age', type: 'string' }] } } as const;
    expect(askedOf(key)).toEqual(text);
    expect(askedOf(sort)).toBe(sort.schema);
  });

  test('becomes a command that a shell reads as it was meant, with the key from outside', () => {
    const request = requestOf(change, { thing: '1' }, { reason: "it's $HOME `now`" });
    expect(curlOf(request, 'https://crossdock.example')).toBe(
      [
        "curl -X POST 'https://crossdock.example/api/things/v1/things/1' \\",
        '  -H "Authorization: Bearer $CROSSDOCK_KEY" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"reason":"it'\\''s $HOME \`now\`"}'`,
      ].join('\n'),
    );
  });
});
