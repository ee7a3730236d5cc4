import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { approvalPolicy } from './approvals-settings.ts';
import { parseConfiguration } from './configuration.ts';
import { readOidc } from './identity-settings.ts';

const sites = ['NORTH', 'SOUTH'];
const good = {
  issuer: 'https://login.example.com',
  clientId: 'crossdock',
  clientSecret: { env: 'OIDC_SECRET' },
  roles: [{ value: 'crossdock-admins', role: 'administrator' }],
};
const read = (oidc: unknown) => readOidc({ oidc }, sites, () => 'the secret');

describe('an identity provider', () => {
  test('is read with its secret in its place', () => {
    expect(read(good)).toMatchObject({
      ok: true,
      value: { settings: { ...good, clientSecret: 'the secret', name: 'the identity provider' }, outgoing: {} },
    });
    expect(readOidc(undefined, sites, () => '')).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ['a secret in clear', { clientSecret: 'in clear' }, '/identity/oidc/clientSecret: the secret stands in clear'],
    ['no issuer', { issuer: undefined }, '/identity/oidc/issuer'],
    ['an issuer that is no address', { issuer: 'login.example.com' }, '/identity/oidc/issuer'],
    ['nobody with a role', { roles: [] }, '/identity/oidc/roles'],
    ['a role that there is not', { roles: [{ value: 'x', role: 'king' }] }, '/identity/oidc/roles/0/role'],
    [
      'a warehouse that there is not',
      { roles: [{ value: 'x', role: 'viewer', sites: ['MOON'] }] },
      '/identity/oidc/roles/0/sites: there is no site MOON; there are NORTH, SOUTH',
    ],
    ['a signature by a shared secret', { idTokenAlgorithm: 'HS256' }, '/identity/oidc/idTokenAlgorithm'],
    ['no signature', { bearer: { audience: 'x', algorithms: ['none'] } }, '/identity/oidc/bearer/algorithms'],
    ['tokens for anybody', { bearer: {} }, '/identity/oidc/bearer/audience'],
    [
      'a network that is none',
      { outgoing: { networks: ['10.0.0.1'] } },
      '/identity/oidc/outgoing/networks/0: 10.0.0.1 is no network',
    ],
    ['what is not known', { colour: 'red' }, '/identity/oidc/colour'],
  ])('with %s is refused, with its place', (_, change, place) => {
    const given = JSON.parse(JSON.stringify({ ...good, ...change }));
    const answer = read(given);
    expect(answer.ok).toBe(false);
    expect(answer.ok ? '' : answer.failures.join('\n')).toContain(place);
  });
});

describe('approvals', () => {
  const configuration = (approvals: object) =>
    parseConfiguration('x.json', {
      ...JSON.parse(readFileSync('docs/examples/installation.json', 'utf8')),
      approvals,
    }).approvals;

  test('take two persons for what moves money or goods again, unless the installation says otherwise', () => {
    expect(approvalPolicy()).toMatchObject({ persons: 2, keys: 'as-before', bulkAbove: { count: 50, worth: [] } });
    const given = configuration({
      persons: 1,
      acts: ['case.answer'],
      keys: 'too',
      bulkAbove: { worth: { EUR: '5000' } },
    });
    expect(approvalPolicy(given)).toEqual({
      persons: 1,
      acts: ['case.answer'],
      keys: 'too',
      bulkAbove: { count: 50, worth: [{ currency: 'EUR', amount: '5000' }] },
    });
  });

  test.each([
    [{ persons: 3 }, '/approvals/persons'],
    [{ acts: ['case.note'] }, '/approvals/acts/0'],
    [{ keys: 'never' }, '/approvals/keys'],
    [{ bulkAbove: { worth: { EUR: '-1' } } }, '/approvals/bulkAbove/worth/EUR'],
  ])('%j are refused, with their place', (given, place) => {
    expect(() => configuration(given)).toThrow(place);
  });
});
