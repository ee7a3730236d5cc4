import { setTimeout as wait } from 'node:timers/promises';
import { mustBeToldToTheEnd, winMany } from '../kit/crm.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts, lanterns } from '../kit/world.ts';

/** Who signs in: the ERP's users, and the CRM's one client. */
async function signIns(stage: Stage): Promise<Readonly<Record<string, number>>> {
  const erp = (await stage.systems.erp.act('count-log-ins', {})) as Readonly<Record<string, number>>;
  const crm = (await stage.systems.crm.act('count-requests', {})) as { readonly signIns: number };
  return { ...erp, crm: crm.signIns };
}

/** Orders until something is asked of both systems all the time. */
async function running(stage: Stage, count: number): Promise<readonly [readonly string[], readonly string[]]> {
  const lines = (place: number) => (place % 3 === 0 ? [hearts(1), lanterns(1)] : [hearts(1)]);
  return Promise.all([stage.submitMany(count, lines), winMany(stage, Math.ceil(count / 5))]);
}

export const s23: Scenario = {
  id: 'S23',
  title: 'ERP sessions and CRM tokens revoked with many flows running',
  holds: 'one refresh for each instance, no lost step',
  mustRetry: false,
  drive: async (stage) => {
    const times = stage.isShort ? 2 : 6;
    // Both nodes and both systems have signed in before anything is counted.
    await stage.atRest(await stage.submitMany(4, () => [hearts(1)]));
    await mustBeToldToTheEnd(stage, await winMany(stage, 2));
    const begun = await signIns(stage);
    const work = running(stage, stage.isShort ? 50 : 500);
    for (let time = 0; time < times; time += 1) {
      await wait(500 + Math.floor(stage.random() * 1_000));
      await stage.systems.erp.act('revoke-sessions', {});
      await stage.systems.crm.act('expire-sessions', {});
      stage.faults.fired('every ERP session and CRM token revoked');
    }
    const [orders, opportunities] = await work;
    await stage.atRest(orders, 180_000);
    await mustBeToldToTheEnd(stage, opportunities);
    const ended = await signIns(stage);
    const most = stage.nodes.length * times;
    let all = 0;
    for (const [who, count] of Object.entries(ended)) {
      const again = count - (begun[who] ?? 0);
      all += again;
      stage.figure(`${who} signed in again`, `${again} times in ${times} revocations of ${stage.nodes.length} nodes`);
      stage.must(`${who} signs in again at most ${most} times; it did ${again}`, again <= most);
    }
    stage.must('somebody signs in again', all > 0);
  },
};
