import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { openAlerts } from './sql/alerts.ts';
import { heldUntilNow, holdBack, takeDue, toldLately } from './sql/deliveries.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
  await own.database.pool.query(
    `insert into alert (id, rule, subject, severity, headline, finding, opened_at, last_seen_at, last_told_at, closed_at)
     select gen_random_uuid(), 'r', 's' || n, 'warning', 'h', '{}', now(), now(), now(), now() from generate_series(1, 5000) n`,
  );
  await own.database.pool.query(
    `insert into alert_delivery (id, channel, urgent, message, created_at, due_at, delivered_at)
     select 'd' || n, 'ops', false, '{"kind":"alert"}', now(), now(), now() - make_interval(mins => n) from generate_series(1, 5000) n`,
  );
  await own.database.pool.query('analyze alert; analyze alert_delivery');
});
afterAll(() => own.drop());

test.each(Object.entries({ openAlerts, heldUntilNow, holdBack, takeDue, toldLately }))(
  'after five thousand that are over, %s uses its index',
  async (_, statement) => {
    expect(await tablesReadWhole(own.database.pool, statement)).toEqual([]);
  },
);
