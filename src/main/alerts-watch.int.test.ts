import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLeadership, type Leadership } from '#platform/storage';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { readAlerts } from './alerts.ts';
import { keepWatch } from './alerts-watch.ts';
import { createCalendars } from './calendars.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`;

let own: TestDatabase;
const nodes: Leadership[] = [];
interface Told {
  readonly type: string;
  readonly data: { readonly rule: string };
}
const told: Told[] = [];
const receiver = createServer((request, answer) => {
  let body = '';
  request.on('data', (part) => {
    body += String(part);
  });
  request.on('end', () => {
    told.push(new Webhook(secret).verify(body, request.headers as Record<string, string>) as Told);
    answer.end();
  });
});

beforeEach(async () => {
  own = await testDatabase();
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  receiver.closeAllConnections();
  receiver.close();
  await own.drop();
});

describe('the watch over an installation', () => {
  test('on two nodes tells forty cases of one cause once, signed, and finds and tells the run that is stuck', async () => {
    const address = receiver.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    const settings = {
      channels: { ops: { kind: 'webhook', url, secrets: [{ env: 'HOOK' }] } },
      rules: [
        { name: 'many', when: { kind: 'open-cases', cause: 'erp-refused', atLeast: 10 }, to: ['ops'] },
        { name: 'stuck', when: { kind: 'open-cases', cause: 'waits-for-nothing' }, to: ['ops'], severity: 'urgent' },
      ],
      outgoing: { networks: ['127.0.0.0/8'] },
    };
    const plan = readAlerts(settings, [], () => secret);
    if (!plan.ok) throw new Error(plan.failures.join('\n'));
    await own.database.pool.query(
      `insert into case_record (id, flow, key, cause, summary, opened_at, worth, currency)
       select gen_random_uuid(), 'letter', 'k-' || n, 'erp-refused', 's', now(), 12.5, 'GBP' from generate_series(1, 40) n`,
    );
    await own.database.pool.query(
      `insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
       values (gen_random_uuid(), 'letter', 1, 'stuck', now(), 'waiting', 1, 'forward', 1, gen_random_uuid(), '', '2026-01-01', '{}', '{}')`,
    );
    const watches = ['a', 'b'].map(() => {
      const leadership = createLeadership(own.database, () => undefined);
      nodes.push(leadership);
      return keepWatch({
        database: own.database,
        lead: leadership.lead,
        plan: plan.value,
        calendars: createCalendars({}),
        feeds: [],
        escalation: {},
        log: () => undefined,
      });
    });
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2);
    expect(told.toSorted((one, other) => one.data.rule.localeCompare(other.data.rule))).toMatchObject([
      { type: 'alert.opened', data: { rule: 'many', count: 40, worth: [{ amount: '500.0', currency: 'GBP' }] } },
      { type: 'alert.opened', data: { rule: 'stuck', severity: 'urgent', examples: ['stuck'] } },
    ]);
    await Promise.all(watches.map((watch) => watch.stop()));
    expect(told).toHaveLength(2);
  });
});
