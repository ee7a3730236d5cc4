import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { secret } from './secret.ts';
import { readSettings, type SecretReference } from './settings.ts';

const closed = { additionalProperties: false } as const;
const Settings = Type.Object(
  {
    url: Type.String({ minLength: 1 }),
    rhythmMs: Type.Integer({ minimum: 100, default: 5_000 }),
    signIn: Type.Union([
      Type.Object({ grant: Type.Literal('key'), key: secret('The key.') }, closed),
      Type.Object({ grant: Type.Literal('password'), user: Type.String(), password: secret('The password.') }, closed),
    ]),
    more: Type.Optional(Type.Array(Type.Object({ token: secret('A token.') }, closed))),
  },
  closed,
);

const resolve = (reference: SecretReference): string => {
  if ('env' in reference && reference.env === 'GOOD') return 'hunter2';
  if ('file' in reference && reference.file === '/run/good') return 'from the file';
  throw new Error(`environment variable ${'env' in reference ? reference.env : reference.file} is not set`);
};
const read = (raw: unknown) => readSettings(Settings, raw, resolve);
const password = (reference: unknown) => ({ grant: 'password', user: 'u', password: reference });

describe('settings', () => {
  test('get their secrets and defaults', () => {
    const raw = { url: 'u', signIn: password({ env: 'GOOD' }), more: [{ token: { file: '/run/good' } }] };
    expect(read(raw)).toEqual({
      ok: true,
      value: {
        url: 'u',
        rhythmMs: 5_000,
        signIn: { grant: 'password', user: 'u', password: 'hunter2' },
        more: [{ token: 'from the file' }],
      },
    });
  });

  test('with a secret in clear are refused, and the refusal does not repeat it', () => {
    const answer = read({ url: 'u', signIn: password('hunter2') });
    expect(answer).toMatchObject({
      ok: false,
      failures: [{ path: '/signIn/password', message: expect.stringContaining('stands in clear') }],
    });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  test('name every failure by its path, at once', () => {
    const answer = read({
      rhythmMs: 1,
      colour: 'red',
      signIn: password({ env: 'BAD' }),
      more: [{ token: { env: '' } }],
    });
    expect(answer).toMatchObject({ ok: false });
    const paths = answer.ok ? [] : answer.failures.map(({ path }) => path);
    expect(new Set(paths)).toEqual(new Set(['/signIn/password', '/more/0/token', '/url', '/colour', '/rhythmMs']));
    expect(JSON.stringify(answer)).toContain('environment variable BAD is not set');
  });

  test('that are no object are refused', () => {
    expect(read(undefined)).toMatchObject({ ok: false });
    expect(read('url')).toMatchObject({ ok: false });
  });
});
