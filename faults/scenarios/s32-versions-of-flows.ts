import type { SourceChange } from '../kit/changed-program.ts';
import type { FaultyNode } from '../kit/node.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const flows = ['order-to-cash', 'fulfilment'];
const tableOf = (flow: string): string => `src/business/flows/${flow}/flow.ts`;
const version = (number: number, more = ''): readonly SourceChange[] =>
  flows.map((flow) => ({ file: tableOf(flow), find: '  version: 1,', replace: `  version: ${number},${more}` }));
/** Another rule: how long a warehouse may be silent. */
const otherRule: SourceChange = {
  file: tableOf('fulfilment'),
  find: 'within: businessHours(8)',
  replace: 'within: businessHours(6)',
};
const takesOver = ' migrates: [{ from: 1, state: ({ state, document }) => ({ state, document }) }],';

/** The next release: new versions, another rule, and runs of the old ones are taken over. */
const next: readonly SourceChange[] = [...version(2, takesOver), otherRule];
/** A release that says nothing of the runs there are. */
const incompatible: readonly SourceChange[] = version(3);

/** What it says when it refuses to start; nothing when it starts. */
async function refusal(node: FaultyNode, program: readonly SourceChange[]): Promise<string> {
  await node.kill();
  await node.becomes(program);
  return node.start().then(
    () => '',
    (thrown: unknown) => String(thrown),
  );
}

async function deploy(stage: Stage, node: FaultyNode, program: readonly SourceChange[], as: string): Promise<void> {
  await node.kill();
  await node.becomes(program);
  await node.start();
  stage.faults.fired(as);
}

async function takenOver(stage: Stage, orderNumbers: readonly string[]): Promise<number> {
  const told = await Promise.all(orderNumbers.map((number) => stage.insist((api) => api.narrative(number))));
  const isMigration = ({ details }: { readonly details?: unknown }): boolean =>
    (details as { readonly kind?: string } | undefined)?.kind === 'migrated';
  return told.filter(({ story }) => story.some(isMigration)).length;
}

const names = (said: string, number: number): boolean =>
  new RegExp(`\\d+ unfinished runs? of [a-z-]+ version ${number} \\(\\d`).test(said);

async function releases(stage: Stage): Promise<void> {
  const [one, two] = [stage.node(0), stage.node(1)];
  const batch = stage.isShort ? 20 : 700;
  // Nothing leaves before the last order has come: all are in flight.
  await stage.systems.north.dial({ setsPerInterchange: 3 * batch + 1 });
  // Slow enough that nodes are replaced in the middle of calls.
  await stage.systems.erp.dial({ latencyMs: 100 });
  const old = await stage.submitMany(batch, () => [hearts(1)]);
  // Before that no run goes by the rule that is changed.
  await stage.reaches(old[0] ?? '', ['fulfilling']);
  const silent = await refusal(two, [otherRule]);
  stage.must(
    `a changed rule without a new version is refused: ${silent}`,
    silent.includes('give it version 2') && names(silent, 1),
  );
  await deploy(stage, two, next, 'the new version beside the old one');
  const mixed = await stage.submitMany(batch, () => [hearts(1)]);

  await one.kill();
  await two.kill();
  const back = await refusal(one, []);
  stage.must(`a rollback that would strand runs of the new version is refused: ${back}`, names(back, 2));
  const strange = await refusal(one, incompatible);
  stage.must(`a version that takes nobody over is refused: ${strange}`, names(strange, 2));

  await deploy(stage, two, next, 'the new version alone');
  await deploy(stage, one, [], 'the old version again, beside the new one');
  const late = await stage.submitMany(batch, () => [hearts(1)]);
  await deploy(stage, one, next, 'the new version everywhere');
  await stage.systems.erp.dial({ latencyMs: 0 });
  const last = await stage.submit([hearts(1)]);
  const all = [...old, ...mixed, ...late, last];
  await stage.atRest(all, 240_000);
  const migrated = await takenOver(stage, old.slice(0, 50));
  stage.must('runs of the old version are taken over', migrated > 0);
}

export const s32: Scenario = {
  id: 'S32',
  title:
    'a new version of the flows with 2 100 orders in flight (short: 60); a rollback in the middle; an incompatible one',
  holds: 'all end; an incompatible one is refused at start and names the runs',
  boundMs: 300_000,
  drive: (stage) =>
    releases(stage).catch(async (thrown: unknown) => {
      // Somebody must be there to be judged.
      await Promise.allSettled(stage.nodes.map((node) => deploy(stage, node, next, 'after a failure')));
      throw thrown;
    }),
};
