import { describeConformance, doesNotApply, type Stage } from '#connectivity/kit/conformance';
import { readInterchanges, writeInterchange } from '#connectivity/protocols/x12';
import type { Clock } from '#model/kernel';
import { x12Warehouse } from './connector.ts';
import { openWarehouse, orderFor, rawSettings } from './testing.ts';
import { adviceMessage } from './warehouse-messages/advice-messages.ts';

const files = 'a file has no answer that could be garbled; a half one is tested beside the feed';

/** A 945 of theirs, and the id that its message must have. */
function reportOf(place: number): { readonly id: string; readonly content: string } {
  const sender = 'NORTHWMS';
  const control = String(place);
  const sides = { senderQualifier: 'ZZ', sender, receiverQualifier: 'ZZ', receiver: 'CROSSDOCK' };
  const body = [
    ['W06', 'F', `20000${place}-NORTH-1`, '20260301', `S-${place}`],
    ['LX', '1'],
    ['W12', 'CC', '6', '6', '', 'EA', '', 'VN', '85123A'],
    ['N9', 'LI', '1'],
  ];
  const group = { functionalIdentifier: 'SW', sender, receiver: 'CROSSDOCK', control, version: '004010' };
  const at = '2026-03-01T10:15:30.000Z';
  const groups = [{ ...group, sets: [{ identifier: '945', control: '0001', body }] }];
  const content = writeInterchange({ ...sides, control, usage: 'P', at, groups });
  const [set] = readInterchanges(content).interchanges.flatMap((read) => read.groups.flatMap(({ sets }) => sets));
  const message = set === undefined ? undefined : adviceMessage(set, { site: 'NORTH', reportedAt: at });
  if (!message?.ok) throw new Error('the report of the test is wrong');
  return { id: message.value.id, content };
}

async function openStage(clock: Clock): Promise<Stage> {
  const one = await openWarehouse({ batch: 3 }, clock);
  const { verbs, simulator, entries, taken } = one;
  const order = orderFor('100001-NORTH-1');
  let reports = 0;
  const count = async (kind: string) => {
    await taken();
    return entries(kind).length;
  };
  simulator.dials.turn({ acknowledge: false, workMs: 3_600_000 });
  return {
    connection: one.connection,
    reads: [{ verb: 'fulfilment.findRelease', ask: (_, call) => verbs.findRelease(order, call) }],
    writes: [
      {
        verb: 'fulfilment.release',
        send: (_, call) => verbs.release(order, call),
        find: (_, call) => verbs.findRelease(order, call),
        effects: async () => (await count('release-received')) + (await count('duplicate-release')),
      },
      {
        verb: 'fulfilment.requestCancellation',
        send: (_, call) => verbs.requestCancellation(order, call),
        find: (_, call) => verbs.findCancellation(order, call),
        effects: () => count('cancel-received'),
      },
    ],
    feeds: [
      {
        feed: 'warehouse-messages',
        occur: async (wanted) => {
          const ids: string[] = [];
          for (let made = 0; made < wanted; made += 1) {
            reports += 1;
            const { id, content } = reportOf(reports);
            await one.act('write-file', { path: `out/report-${String(reports).padStart(4, '0')}.edi`, content });
            ids.push(id);
          }
          return ids;
        },
      },
    ],
    provoke: {
      expireCredentials: doesNotApply('a connection is signed in for as long as it lives'),
      limitRate: doesNotApply('SFTP has no word for it'),
      garble: doesNotApply(files),
      loseAnswer: async () => {
        simulator.dials.turn({ loseAnswerRate: 1 });
      },
      outage: async () => {
        simulator.dials.turn({ outage: true });
      },
      calm: async () => {
        simulator.dials.turn({ outage: false, loseAnswerRate: 0 });
      },
    },
    close: one.close,
  };
}

describeConformance({
  name: 'x12-warehouse against its simulator',
  connector: x12Warehouse,
  settings: rawSettings,
  open: openStage,
});
