import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fixedClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { AlertChannel, AlertRule } from '../rule.ts';
import { type Alerts, createAlerts } from './create-alerts.ts';
import { type HttpReceiver, type MailReceiver, startHttpReceiver, startMailReceiver } from './testing/receivers.ts';

const hour = 3_600_000;
const minute = 60_000;
const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`;
const older = `whsec_${Buffer.from('an older one of some more bytes.').toString('base64')}`;
/** Open from 08 to 18 UTC, every day. */
const office = {
  isOpen: (at: string) => Number(at.slice(11, 13)) >= 8 && Number(at.slice(11, 13)) < 18,
  opensNext: (at: string) => {
    const day = Number(at.slice(11, 13)) < 8 ? at : new Date(Date.parse(at) + 24 * hour).toISOString();
    return `${day.slice(0, 10)}T08:00:00.000Z`;
  },
};

let own: TestDatabase;
let hook: HttpReceiver;
let mail: MailReceiver;
const clock = () => fixedClock('2026-03-03T10:00:00.000Z');

beforeEach(async () => {
  own = await testDatabase();
  hook = await startHttpReceiver();
  mail = await startMailReceiver();
});
afterEach(async () => {
  await hook.close();
  await mail.close();
  await own.drop();
});

const outgoing = { networks: ['127.0.0.0/8'] };
const refusedOrders: AlertRule = { name: 'many-of-one-cause', when: { kind: 'open-cases', atLeast: 10 }, to: ['ops'] };

interface Given {
  readonly rules?: readonly AlertRule[];
  readonly channels?: Readonly<Record<string, AlertChannel>>;
  readonly at?: ReturnType<typeof clock>;
  readonly traceparent?: (alert: string, occasion: string) => string;
}

function watch({ rules = [refusedOrders], channels, at = clock(), ...more }: Given = {}): Alerts {
  const usual: Readonly<Record<string, AlertChannel>> = { ops: { kind: 'webhook', url: hook.url, secrets: [secret] } };
  return createAlerts(
    {
      database: own.database,
      plan: { channels: channels ?? usual, rules, outgoing },
      calendars: { office },
      feeds: [],
      clock: at,
      ...more,
    },
    { pauseMs: 0 },
  );
}

const openCases = (count: number, cause = 'erp-refused', from = 1): Promise<unknown> =>
  own.database.pool.query(
    `insert into case_record (id, run_id, flow, key, cause, summary, opened_at, group_key, party, worth, currency)
     select gen_random_uuid(), gen_random_uuid(), 'letter', 'k-' || n, $2, 'Refused: customer is blocked.', now(), 'letter.' || $2, 'Anders',
       100.50, 'EUR' from generate_series($3::int, $3::int + $1::int - 1) n`,
    [count, cause, from],
  );
const closeCases = (): Promise<unknown> =>
  own.database.pool.query(`update case_record set closed_at = now() where closed_at is null`);
const told = (): readonly { type: string; data: Record<string, unknown> }[] =>
  hook.received.map(({ body }) => JSON.parse(body));

describe('forty cases of one cause', () => {
  test('are one alert with count and worth, and one message when they are gone', async () => {
    const at = clock();
    const alerts = watch({ at });
    await openCases(40);
    await alerts.look();
    await alerts.look();
    at.advance(5 * minute);
    await alerts.look();
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatchObject({
      type: 'alert.opened',
      data: {
        rule: 'many-of-one-cause',
        subject: 'erp-refused',
        count: 40,
        worth: [{ amount: '4020.00', currency: 'EUR' }],
        headline: '40 cases open: erp-refused',
      },
    });
    await closeCases();
    await alerts.look();
    at.advance(2 * minute);
    await alerts.look();
    await alerts.look();
    expect(told().map(({ type }) => type)).toEqual(['alert.opened', 'alert.over']);
  });

  test('carry the trace of their alert where stories are followed, and else none', async () => {
    const told: string[] = [];
    const traceparent = (alert: string, occasion: string): string => {
      told.push(`${alert} ${occasion}`);
      return `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
    };
    await openCases(40);
    await watch({ traceparent }).look();
    await openCases(40, 'late', 100);
    await watch().look();
    const alert = JSON.parse(hook.received[0]?.body ?? '{}').data.alert;
    expect(told).toEqual([`${alert} alert.opened`]);
    expect(hook.received.map(({ headers }) => headers.traceparent)).toEqual([traceparent('', ''), undefined]);
  });

  test('are told once by two nodes and after a restart', async () => {
    const at = clock();
    await openCases(40);
    await Promise.all([watch({ at }).look(), watch({ at }).look(), watch({ at }).look()]);
    await watch({ at }).look();
    expect(told()).toHaveLength(1);
  });

  test('of another cause, or too few, or worth too little, are told apart or not at all', async () => {
    await openCases(12);
    await openCases(11, 'address-unknown', 100);
    await openCases(9, 'late', 200);
    const dear: AlertRule = {
      name: 'dear',
      when: { kind: 'open-cases', by: 'party', worthAtLeast: { amount: '3216.00', currency: 'EUR' } },
      to: ['ops'],
    };
    const dearer: AlertRule = {
      name: 'dearer',
      when: { kind: 'open-cases', by: 'party', worthAtLeast: { amount: '3216.01', currency: 'EUR' } },
      to: ['ops'],
    };
    await watch({ rules: [refusedOrders, dear, dearer] }).look();
    const found = told().map(({ data }) => `${data.rule}: ${data.headline}`);
    expect(found.toSorted()).toEqual([
      'dear: 32 cases open: for Anders',
      'many-of-one-cause: 11 cases open: address-unknown',
      'many-of-one-cause: 12 cases open: erp-refused',
    ]);
  });
});

describe('a webhook', () => {
  test('is signed with both secrets while they change over, and verifies with either', async () => {
    const channels = { ops: { kind: 'webhook', url: hook.url, secrets: [secret, older] } } as const;
    const now = fixedClock(new Date().toISOString());
    await openCases(40);
    await watch({ channels, at: now }).look();
    const [message] = hook.received;
    const headers = message?.headers as Record<string, string>;
    for (const known of [secret, older]) {
      expect(new Webhook(known).verify(message?.body ?? '', headers)).toMatchObject({ type: 'alert.opened' });
    }
    expect(() => new Webhook(secret).verify(`${message?.body} `, headers)).toThrow();
  });

  test('that is not taken is tried again, later each time, under the same id', async () => {
    const at = clock();
    const alerts = watch({ at });
    await openCases(40);
    hook.answer = 500;
    await alerts.look();
    await alerts.look();
    expect(hook.received).toHaveLength(1);
    at.advance(5_000);
    await alerts.look();
    at.advance(5_000);
    await alerts.look();
    expect(hook.received).toHaveLength(2);
    hook.answer = 204;
    at.advance(5_000);
    await alerts.look();
    at.advance(hour);
    await alerts.look();
    expect(hook.received).toHaveLength(3);
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('whose attempt was cut short by a crash is sent again under the same id when its lease is over', async () => {
    const at = clock();
    await openCases(40);
    await watch({ at }).look();
    await own.database.pool.query(`update alert_delivery set delivered_at = null`);
    await watch({ at }).look();
    expect(hook.received).toHaveLength(1);
    at.advance(minute);
    await watch({ at }).look();
    expect(hook.received).toHaveLength(2);
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('that stays broken is a case, which closes when it is mended; what is over comes after what was opened', async () => {
    const at = clock();
    const alerts = watch({ at });
    const broken = async () =>
      (await own.database.pool.query(`select closed_at from case_record where cause = 'alert-channel-broken'`)).rows;
    await openCases(40);
    hook.answer = 500;
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await alerts.look();
      at.advance(10 * minute);
    }
    expect(await broken()).toEqual([{ closed_at: null }]);
    await closeCases();
    await own.database.pool.query(`update case_record set closed_at = null where cause = 'alert-channel-broken'`);
    hook.answer = 200;
    at.advance(10 * minute);
    await alerts.look();
    at.advance(10 * minute);
    await alerts.look();
    expect(hook.received.slice(-2).map(({ body }) => JSON.parse(body).type)).toEqual(['alert.opened', 'alert.over']);
    expect(await broken()).toEqual([{ closed_at: expect.any(String) }]);
  });

  test('never follows a redirect', async () => {
    const elsewhere = await startHttpReceiver();
    const lure = await startHttpReceiver({ location: elsewhere.url });
    lure.answer = 307;
    await openCases(40);
    await watch({ channels: { ops: { kind: 'webhook', url: lure.url, secrets: [secret] } } }).look();
    expect(lure.received).toHaveLength(1);
    expect(elsewhere.received).toHaveLength(0);
    const { rows } = await own.database.pool.query('select failure from alert_delivery');
    expect(rows).toEqual([{ failure: 'it answered 307: redirects are not followed' }]);
    await lure.close();
    await elsewhere.close();
  });
});

describe('a repeat', () => {
  test('comes as often as the rule says, with what is so by then', async () => {
    const at = clock();
    const alerts = watch({ at, rules: [{ ...refusedOrders, repeatAfterMinutes: 60 }] });
    await openCases(40);
    await alerts.look();
    at.advance(59 * minute);
    await alerts.look();
    await openCases(10, 'erp-refused', 500);
    at.advance(minute);
    await alerts.look();
    await alerts.look();
    expect(told().map(({ type, data }) => [type, data.count])).toEqual([
      ['alert.opened', 40],
      ['alert.repeated', 50],
    ]);
  });
});

describe('quiet hours', () => {
  const channels = (): Readonly<Record<string, AlertChannel>> => ({
    ops: { kind: 'webhook', url: hook.url, secrets: [secret], quietHours: { outside: 'office' } },
  });

  test('hold what is told until they are over, and tell it as one', async () => {
    const at = fixedClock('2026-03-03T22:00:00.000Z');
    const alerts = watch({ at, channels: channels() });
    await openCases(40);
    await openCases(20, 'address-unknown', 100);
    await alerts.look();
    at.advance(9 * hour);
    await alerts.look();
    expect(told()).toHaveLength(0);
    at.advance(hour);
    await watch({ at, channels: channels() }).look();
    await alerts.look();
    expect(told()).toHaveLength(1);
    expect(told()[0]?.type).toBe('alert.digest');
    const messages = told()[0]?.data.messages as readonly { subject: string }[];
    expect(messages.map(({ subject }) => subject).toSorted()).toEqual(['address-unknown', 'erp-refused']);
  });

  test('do not hold what is urgent, and one alone is told as itself', async () => {
    const at = fixedClock('2026-03-03T22:00:00.000Z');
    const urgent: AlertRule = { ...refusedOrders, name: 'urgent', severity: 'urgent' };
    const alerts = watch({ at, channels: channels(), rules: [urgent, refusedOrders] });
    await openCases(40);
    await alerts.look();
    expect(told().map(({ data }) => data.rule)).toEqual(['urgent']);
    at.advance(10 * hour);
    await alerts.look();
    expect(told().map(({ type, data }) => [type, data.rule])).toEqual([
      ['alert.opened', 'urgent'],
      ['alert.opened', 'many-of-one-cause'],
    ]);
  });
});

describe('a channel’s limit', () => {
  test('holds what is too much and tells it together', async () => {
    const at = clock();
    const channels = { ops: { kind: 'webhook', url: hook.url, secrets: [secret], atMostPerHour: 3 } } as const;
    const alerts = watch({ at, channels });
    for (let cause = 0; cause < 10; cause += 1) await openCases(10, `cause-${cause}`, cause * 100);
    await alerts.look();
    expect(told()).toHaveLength(3);
    at.advance(hour + 1);
    await alerts.look();
    expect(told().map(({ type }) => type)).toEqual(['alert.opened', 'alert.opened', 'alert.opened', 'alert.digest']);
    expect(told()[3]?.data.messages).toHaveLength(7);
  });

  test('is another for what is urgent, which never waits behind what is not', async () => {
    const at = clock();
    const channels = { ops: { kind: 'webhook', url: hook.url, secrets: [secret], atMostPerHour: 3 } } as const;
    const urgent: AlertRule = { ...refusedOrders, name: 'urgent', severity: 'urgent' };
    const alerts = watch({ at, channels, rules: [refusedOrders] });
    for (let cause = 0; cause < 5; cause += 1) await openCases(10, `cause-${cause}`, cause * 100);
    await alerts.look();
    expect(told()).toHaveLength(3);
    at.advance(minute);
    // The three are told at once, though the channel has had its share of others; a fourth and a fifth are too many.
    await watch({ at, channels, rules: [urgent, refusedOrders] }).look();
    expect(told().map(({ data }) => data.rule)).toEqual([
      ...['many-of-one-cause', 'many-of-one-cause', 'many-of-one-cause'],
      ...['urgent', 'urgent', 'urgent'],
    ]);
    at.advance(hour);
    await watch({ at, channels, rules: [urgent, refusedOrders] }).look();
    const digests = told().slice(6);
    expect(digests.map(({ type }) => type)).toEqual(['alert.digest', 'alert.digest']);
    expect(digests.map(({ data }) => (data.messages as readonly { rule: string }[]).map(({ rule }) => rule))).toEqual([
      ['urgent', 'urgent'],
      ['many-of-one-cause', 'many-of-one-cause'],
    ]);
  });
});

describe('a receiver that takes its time', () => {
  test('keeps neither the rules nor the other channels waiting', async () => {
    const slow = await startHttpReceiver({}, () => new Promise(() => undefined));
    const channels = {
      slow: { kind: 'webhook', url: slow.url, secrets: [secret] },
      ops: { kind: 'webhook', url: hook.url, secrets: [secret] },
    } as const;
    const rules: readonly AlertRule[] = [{ ...refusedOrders, to: ['slow', 'ops'] }];
    const alerts = createAlerts(
      { database: own.database, plan: { channels, rules, outgoing }, calendars: { office }, feeds: [] },
      { pauseMs: 0, everyMs: 20, tellMs: 20, patienceMs: 60_000 },
    );
    const end = new AbortController();
    const running = alerts.run(end.signal);
    await openCases(10);
    await vi.waitFor(() => expect([slow.received.length, hook.received.length]).toEqual([1, 1]), 10_000);
    await openCases(10, 'another', 100);
    await vi.waitFor(() => expect(told().map(({ data }) => data.subject)).toEqual(['erp-refused', 'another']), 10_000);
    expect(slow.received).toHaveLength(1);
    end.abort();
    await slow.close();
    await running;
  });
});

describe('chat', () => {
  test('gets text in which no name can call everybody', async () => {
    await own.database.pool.query(
      `insert into case_record (id, flow, key, cause, summary, opened_at, group_key) select gen_random_uuid(), 'letter', '<!channel>', 'x',
       'Refused: <!everyone> & more', now(), 'letter.x'`,
    );
    const rule: AlertRule = { name: 'any', when: { kind: 'open-cases', by: 'group' }, to: ['room'] };
    await watch({ rules: [rule], channels: { room: { kind: 'chat', url: hook.url } } }).look();
    const { text } = JSON.parse(hook.received[0]?.body ?? '{}');
    expect(text).toContain('[warning] 1 case open: Refused: &lt;!everyone&gt; &amp; more');
    expect(text).toContain('For example: &lt;!channel&gt;.');
  });
});

describe('mail', () => {
  const email = (
    more: Partial<Extract<AlertChannel, { kind: 'email' }>> = {},
  ): Readonly<Record<string, AlertChannel>> => ({
    ops: {
      kind: 'email',
      host: '127.0.0.1',
      port: mail.port,
      security: 'none',
      from: 'crossdock@example.com',
      to: ['duty@example.com', 'chief@example.com'],
      ...more,
    },
  });
  const failures = async () =>
    (await own.database.pool.query<{ failure: string | null }>('select failure from alert_delivery')).rows.map(
      ({ failure }) => failure,
    );

  test('goes to all of them as plain text, signed in, under one Message-ID', async () => {
    await openCases(40);
    await watch({ channels: email({ user: 'crossdock', password: 'right' }) }).look();
    const [got] = mail.mails;
    expect(got).toMatchObject({ to: ['duty@example.com', 'chief@example.com'], user: 'crossdock' });
    expect(got?.text).toMatch(/^Subject: \[warning\] 40 cases open: erp-refused\r$/m);
    expect(got?.text).toMatch(/^Message-ID:\s+<alert_[-0-9a-f]+_opened_ops@crossdock>\r$/m);
    expect(got?.text).toContain('At stake: 4020.00 EUR.');
  });

  test('takes no header from a name', async () => {
    await own.database.pool.query(
      `insert into case_record (id, flow, key, cause, summary, opened_at, group_key) select gen_random_uuid(), 'letter', 'k', 'x',
       E'Refused\\r\\nBcc: thief@example.com\\r\\n\\r\\nHello', now(), E'g\\r\\nBcc: thief@example.com'`,
    );
    const rule: AlertRule = { name: 'any', when: { kind: 'open-cases', by: 'group' }, to: ['ops'] };
    await watch({ rules: [rule], channels: email() }).look();
    expect(mail.mails[0]?.to).toEqual(['duty@example.com', 'chief@example.com']);
    expect(mail.mails[0]?.text).not.toMatch(/^Bcc:/m);
  });

  test('is not sent in clear when the server offers no encryption', async () => {
    await mail.close();
    mail = await startMailReceiver({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    await openCases(40);
    await watch({ channels: email({ security: 'starttls' }) }).look();
    expect(mail.mails).toEqual([]);
    expect((await failures())[0]).toMatch(/STARTTLS/i);
  });

  test('is not sent to a server whose certificate nobody vouches for', async () => {
    await openCases(40);
    await watch({ channels: email({ security: 'starttls' }) }).look();
    expect(mail.mails).toEqual([]);
    expect((await failures())[0]).toMatch(/certificate/i);
  });

  test('says when the server refuses the password, which stands nowhere', async () => {
    await openCases(40);
    await watch({ channels: email({ user: 'crossdock', password: 'wrong-one' }) }).look();
    expect((await failures())[0]).toMatch(/Invalid login/);
    expect((await failures())[0]).not.toContain('wrong-one');
  });
});
