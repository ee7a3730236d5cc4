import { lookAt } from '../kit/look.ts';
import { openQuarantine, type Quarantine, type Refused } from '../kit/quarantine.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const shortSets = 40;
const longSets = 500;
/** So long a release may wait for its 997, and so long one of them does. */
const acknowledgeWithinMs = 4_000;
const acknowledgedAfterMs = 7_000;

/** The simulated warehouse's names, and whether such an interchange can be taken. */
const envelopes = [
  { how: 'wrong-set-count', isRefused: true },
  { how: 'wrong-group-count', isRefused: true },
  { how: 'wrong-interchange-count', isRefused: true },
  { how: 'no-set-trailer', isRefused: true },
  { how: 'no-group-trailer', isRefused: true },
  { how: 'no-interchange-trailer', isRefused: true },
  // The number says that we have it, the content that we have not: what counts is what is said.
  { how: 'repeated-control-number', isRefused: false },
];

const shipments = async (stage: Stage, orderNumber: string): Promise<number> =>
  (await lookAt(stage.client, orderNumber))?.shipments.length ?? 0;

/** Every 997 of ours that the warehouse has. */
async function acknowledgements(stage: Stage): Promise<readonly string[]> {
  const { north } = stage.systems;
  const files = (await north.act('list-files', {})) as readonly { readonly path: string }[];
  const ours = files.filter(({ path }) => path.startsWith('in/archive/997-'));
  const read = await Promise.all(ours.map(({ path }) => north.act('read-file', { path })));
  return read.map((file) => (file as { readonly content: string }).content);
}

async function newlyRefused(stage: Stage, quarantine: Quarantine, known: readonly Refused[], count: number) {
  const fresh = async (): Promise<readonly Refused[]> =>
    (await quarantine.list()).filter(({ id }) => !known.some((each) => each.id === id));
  return stage.eventually(`${count} to be refused`, async () => {
    const found = await fresh();
    return found.length >= count ? found : undefined;
  });
}

/** One bad set in an interchange of many. */
async function oneBadSet(stage: Stage, quarantine: Quarantine): Promise<void> {
  const { north } = stage.systems;
  const count = stage.isShort ? shortSets : longSets;
  await north.dial({ setsPerInterchange: count });
  const spoilt = stage.client.freshPurchaseOrder();
  await stage.script('north', [{ purchaseOrder: spoilt, behaviour: 'mishap', how: 'wrong-set-count' }]);
  const known = await quarantine.list();
  const bad = stage.submit([hearts(1)], { purchaseOrder: spoilt });
  const good = await stage.submitMany(count - 1, () => [hearts(1)]);
  await stage.atRest(good, 120_000);
  const [refused, ...others] = await newlyRefused(stage, quarantine, known, 1);
  const badNumber = await bad;
  stage.must(`one set of ${count} is refused, not ${others.length + 1}`, others.length === 0);
  stage.must(`its place stands there: ${refused?.key}`, /:1:1:\d+$/.test(refused?.key ?? ''));
  const original = refused === undefined ? '' : await quarantine.original(refused.id);
  stage.must(`the set that is kept is that of ${badNumber}`, original.includes(`*${badNumber}-NORTH-1*`));
  stage.must('nothing of the bad set is taken', (await shipments(stage, badNumber)) === 0);
  const about = (await acknowledgements(stage)).filter((text) =>
    text.includes(`AK9*P*${count}*${count}*${count - 1}~`),
  );
  stage.must(`one 997 accepts ${count - 1} of ${count}; ${about.length} do`, about.length === 1);
  const refusals = about.join('').match(/AK5\*R\*4~/g)?.length ?? 0;
  stage.must(`it refuses one for its count, not ${refusals}`, refusals === 1);
  await north.dial({ setsPerInterchange: 1 });
  await north.act('correct', {});
  await stage.atRest([badNumber]);
}

/** Interchanges whose envelopes are wrong, all at once. */
async function wrongEnvelopes(stage: Stage, quarantine: Quarantine): Promise<void> {
  const known = await quarantine.list();
  const sent = await Promise.all(
    envelopes.map(async ({ how, isRefused }) => {
      const purchaseOrder = stage.client.freshPurchaseOrder();
      await stage.script('north', [{ purchaseOrder, behaviour: 'mishap', how }]);
      return { isRefused, how, orderNumber: await stage.submit([hearts(2)], { purchaseOrder }) };
    }),
  );
  const wrong = sent.filter(({ isRefused }) => isRefused);
  const refused = await newlyRefused(stage, quarantine, known, wrong.length);
  await stage.atRest(sent.filter(({ isRefused }) => !isRefused).map(({ orderNumber }) => orderNumber));
  stage.must(`${wrong.length} are refused, not ${refused.length}`, refused.length === wrong.length);
  const kept = (await Promise.all(refused.map(({ id }) => quarantine.original(id)))).join('\n');
  for (const { how, orderNumber } of wrong) {
    stage.must(`${how}: nothing of it is taken`, (await shipments(stage, orderNumber)) === 0);
    stage.must(`${how}: it is kept`, kept.includes(`*${orderNumber}-NORTH-1*`));
  }
  await stage.systems.north.act('correct', {});
  await stage.atRest(sent.map(({ orderNumber }) => orderNumber));
}

/** The warehouse has the release, and says so much too late. */
async function lateAcknowledgement(stage: Stage): Promise<void> {
  const purchaseOrder = stage.client.freshPurchaseOrder();
  await stage.script('north', [
    { purchaseOrder, behaviour: 'late-acknowledgement', ms: acknowledgedAfterMs },
    { purchaseOrder, behaviour: 'late', ms: acknowledgedAfterMs + 2_000 },
  ]);
  const orderNumber = await stage.submit([hearts(2)], { purchaseOrder });
  const told = (what: 'opened' | 'closed') =>
    stage.eventually(`the overdue acknowledgement to be ${what}`, async () => {
      const { story } = await stage.insist((api) => api.narrative(orderNumber));
      return story.some(({ details }) => {
        const { kind, cause, opening } = details as { kind?: string; cause?: string; opening?: { cause: string } };
        return kind === `case-${what}` && (cause ?? opening?.cause) === 'acknowledgement-overdue';
      })
        ? true
        : undefined;
    });
  await told('opened');
  await told('closed');
  stage.must('it closes when the acknowledgement comes, before any goods', (await shipments(stage, orderNumber)) === 0);
  await stage.reaches(orderNumber, ['completed']);
}

export const s36: Scenario = {
  id: 'S36',
  title: 'EDI: repeated control number, wrong counts, missing trailers, one bad set of many, no acknowledgement',
  holds: 'the bad set alone is refused; the overdue acknowledgement is a case',
  mustRetry: false,
  setting: { warehouses: { incompleteAfterMs: 1_000, acknowledgeWithinMs } },
  drive: async (stage) => {
    const quarantine = await openQuarantine(stage);
    // Somebody's control number must be there before it can be repeated.
    await stage.atRest([await stage.submit([hearts(1)])]);
    await Promise.all([lateAcknowledgement(stage), wrongEnvelopes(stage, quarantine)]);
    await oneBadSet(stage, quarantine);
  },
};
