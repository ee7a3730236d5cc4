import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAlerts } from './alerts.ts';
import type { AlertSettings } from './alerts-settings.ts';
import { calendarsFailures, createCalendars } from './calendars.ts';
import { parseConfiguration } from './configuration.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`;
const resolve = (reference: object): string => {
  if ('env' in reference && reference.env === 'HOOK') return secret;
  if ('env' in reference && reference.env === 'ROOM') return 'https://chat.example.com/hooks/abc';
  throw new Error('the environment variable is not set');
};
const good: AlertSettings = {
  channels: {
    ops: {
      kind: 'webhook',
      url: 'https://ops.example.com/hook',
      secrets: [{ env: 'HOOK' }],
      quietHours: { outside: 'office' },
    },
    room: { kind: 'chat', url: { env: 'ROOM' } },
    duty: {
      kind: 'email',
      host: 'mail.example.com',
      port: 587,
      from: 'crossdock@example.com',
      to: ['duty@example.com'],
    },
  },
  rules: [
    {
      name: 'many-of-one-cause',
      when: { kind: 'open-cases', by: 'group', atLeast: 10, worthAtLeast: { amount: '10000', currency: 'EUR' } },
      to: ['ops', 'duty'],
      repeatAfterMinutes: 240,
    },
    { name: 'stuck', when: { kind: 'open-cases', cause: 'waits-for-nothing' }, to: ['room'], severity: 'urgent' },
    {
      name: 'held-long',
      when: { kind: 'long-stay', flow: 'order-to-cash', state: 'held', longerThanMinutes: 120 },
      to: ['room'],
    },
  ],
  outgoing: { hosts: ['ops.example.com', 'chat.example.com', 'mail.example.com'], networks: ['10.20.0.0/16'] },
};
const withRule = (rule: object): AlertSettings => ({ ...good, rules: [...good.rules, rule] });
const withChannel = (channel: object): AlertSettings => ({ ...good, channels: { ...good.channels, more: channel } });
const usual = { name: 'more', when: { kind: 'node-dead' }, to: ['ops'] };

describe('the documented example', () => {
  test('is a configuration with alerts', () => {
    const [, json = '{}'] = /```json\n([\s\S]*?)\n```/.exec(readFileSync('docs/alerts.md', 'utf8')) ?? [];
    const installation = JSON.parse(readFileSync('docs/examples/installation.json', 'utf8'));
    const { alerts, calendars = {} } = parseConfiguration('docs/alerts.md', { ...installation, ...JSON.parse(json) });
    const known = (reference: object): string =>
      'env' in reference && reference.env === 'OPS_HOOK_SECRET' ? secret : 'https://x';
    expect(readAlerts(alerts, Object.keys(calendars), known)).toMatchObject({ ok: true });
    expect(alerts?.rules).toHaveLength(11);
  });
});

describe('alerts in configuration', () => {
  test('are read with their secrets', () => {
    const read = readAlerts(good, ['office'], resolve);
    expect(read).toMatchObject({ ok: true, value: { channels: { ops: { secrets: [secret] } } } });
  });

  test('may be absent', () => {
    expect(readAlerts(undefined, [], resolve)).toMatchObject({ ok: true, value: { rules: [] } });
  });

  test.each([
    [
      'a rule to a channel that is not there',
      withRule({ ...usual, to: ['nobody'] }),
      '/alerts/rules/3/to: there is no channel named nobody; there are ops, room, duty',
    ],
    ['a rule of an unknown kind', withRule({ ...usual, when: { kind: 'full-moon' } }), '/alerts/rules/3/when'],
    [
      'a rule with a member that nobody knows',
      withRule({ ...usual, when: { kind: 'node-dead', colour: 'red' } }),
      '/alerts/rules/3/when/colour: is not known here',
    ],
    [
      'a rule without what its kind needs',
      withRule({ ...usual, when: { kind: 'long-stay', flow: 'f', state: 's' } }),
      '/alerts/rules/3/when/longerThanMinutes: is missing',
    ],
    [
      'a rule with a worth that is no decimal',
      withRule({ ...usual, when: { kind: 'open-cases', worthAtLeast: { amount: '1e3', currency: 'EUR' } } }),
      '/alerts/rules/3/when/worthAtLeast/amount',
    ],
    [
      'two rules of one name',
      withRule({ ...usual, name: 'stuck' }),
      '/alerts/rules/3/name: there is another rule named stuck',
    ],
    [
      'quiet hours outside of no calendar',
      withRule({ ...usual, quietHours: { outside: 'moon' } }),
      '/alerts/rules/3/quietHours/outside: there is no calendar named moon',
    ],
    [
      'a secret in clear',
      withChannel({ kind: 'chat', url: 'https://chat.example.com/hooks/abc' }),
      '/alerts/channels/more/url: the secret stands in clear',
    ],
    [
      'a secret that is not set',
      withChannel({ kind: 'chat', url: { env: 'OTHER' } }),
      '/alerts/channels/more/url: the environment variable is not set',
    ],
    [
      'a secret that is no signing secret',
      withChannel({ kind: 'webhook', url: 'https://x.example.com', secrets: [{ env: 'ROOM' }] }),
      '/alerts/channels/more/secrets/0',
    ],
    [
      'an address of no web',
      withChannel({ kind: 'webhook', url: 'ftp://x', secrets: [{ env: 'HOOK' }] }),
      '/alerts/channels/more/url',
    ],
    [
      'a mail address with a line break',
      withChannel({ kind: 'email', host: 'm', port: 25, from: 'a@b\r\nBcc: c@d', to: ['a@b'] }),
      '/alerts/channels/more/from',
    ],
    [
      'a mail address that is two',
      withChannel({ kind: 'email', host: 'm', port: 25, from: 'a@b', to: ['a@b,c@d'] }),
      '/alerts/channels/more/to/0',
    ],
    [
      'a network that is none',
      { ...good, outgoing: { networks: ['10.0.0.0'] } },
      '/alerts/outgoing/networks/0: 10.0.0.0 is no network',
    ],
  ])('are refused with %s, naming the place and not the secret', (_, settings, place) => {
    const read = readAlerts(settings, ['office'], resolve);
    const failures = read.ok ? [] : read.failures;
    expect(failures.join('\n')).toContain(place);
    expect(failures.join('\n')).not.toContain('abc');
  });
});

describe('calendars in configuration', () => {
  const office = { timeZone: 'Europe/London', hours: { monday: ['08:00-18:00'] } };

  test('are made by name, and one is for deadlines', () => {
    const { byName, deadlines } = createCalendars({ calendars: { office }, deadlines: { calendar: 'office' } });
    expect(deadlines).toBe(byName.office);
    expect(deadlines.add('2026-07-04T00:00:00.000Z', 0)).toBe('2026-07-06T07:00:00.000Z');
    expect(createCalendars({}).deadlines.add('2026-07-04T00:00:00.000Z', 0)).toBe('2026-07-06T08:00:00.000Z');
  });

  test('are refused with their place', () => {
    expect(
      calendarsFailures({
        calendars: { office: { timeZone: 'Europe/Nowhere', hours: {} } },
        deadlines: { calendar: 'warehouse' },
      }).map((failure) => failure.split(':')[0]),
    ).toEqual(['/calendars/office/timeZone', '/calendars/office/hours', '/deadlines/calendar']);
  });
});
