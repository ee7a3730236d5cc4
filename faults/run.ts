import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { currentCommit } from '../demo/index.ts';
import { type Outcome, outcomeOfNotRun, runScenario } from './harness/run-scenario.ts';
import { openSession } from './harness/session.ts';
import { isGood, outcomeTable } from './harness/table.ts';
import type { StageOptions } from './kit/open-stage.ts';
import { type FaultOptions, readOptions, usage } from './options.ts';
import { scenarios } from './scenarios/index.ts';
import { notRun } from './scenarios/not-run.ts';
import { bugs } from './seeded-bugs/bugs.ts';
import { caughtTable, isCaught, runBug } from './seeded-bugs/run-bug.ts';

const { stdout, stderr } = process;
const say = (text: string): void => void stdout.write(`${text}\n`);
const trytonHome = fileURLToPath(new URL('../.crossdock/tryton-faults', import.meta.url));

/** Ends what is open, whatever interrupts us. */
let closeStage: (() => Promise<void>) | undefined;
let isInterrupted = false;

async function runAll(
  options: FaultOptions,
  common: Omit<StageOptions, 'trytonHome'>,
  session: Awaited<ReturnType<typeof openSession>>,
) {
  const { only, withTryton } = options;
  const chosen = scenarios.filter(
    (scenario) => (only?.includes(scenario.id) ?? true) && (!withTryton || scenario.withTryton === true),
  );
  const outcomes: Outcome[] = [];
  for (const scenario of chosen) {
    if (isInterrupted) break;
    say(`${scenario.id}: ${scenario.title}`);
    const outcome = await runScenario(
      session.server,
      scenario,
      { ...common, ...(withTryton ? { trytonHome } : {}) },
      (close) => {
        closeStage = close;
      },
    );
    outcomes.push(outcome);
    for (const finding of outcome.findings.slice(0, 20)) say(`  ${finding}`);
    for (const [order, story] of Object.entries(outcome.stories))
      say([`  story of ${order}:`, ...story].join('\n    '));
    for (const [name, value] of Object.entries(outcome.figures)) say(`  ${name}: ${value}`);
    say(`  ${outcome.verdict} in ${outcome.seconds} s`);
  }
  // With a real Tryton only what is meant for it was asked for.
  const missing = withTryton ? [] : notRun.filter(({ id }) => only?.includes(id) ?? true);
  return [...outcomes, ...missing.map((one) => outcomeOfNotRun(one, common.seed))];
}

async function run(options: FaultOptions): Promise<number> {
  const from = performance.now();
  say(`seed ${options.seed}, commit ${(await currentCommit()) ?? 'unknown'}, ${options.nodes} nodes`);
  const session = await openSession();
  const end = async (): Promise<void> => {
    await closeStage?.();
    await session.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isInterrupted = true;
      say('interrupted: ending what was started');
      void end().finally(() => process.exit(130));
    });
  }
  try {
    const { seed, nodes, isShort } = options;
    const common = { seed, nodes, isShort, compileCache: session.compileCache };
    if (options.seededBugs) {
      const caught = [];
      for (const bug of bugs.filter(({ name }) => options.only?.includes(name) ?? true)) {
        const one = await runBug(session.server, bug, common, (close) => {
          closeStage = close;
        });
        caught.push(one);
        say(`${bug.name}: ${isCaught(one) ? 'caught' : 'NOT CAUGHT'} by ${bug.scenario} in ${one.outcome.seconds} s`);
      }
      say(['', ...caughtTable(caught)].join('\n'));
      return caught.every(isCaught) && caught.length > 0 ? 0 : 1;
    }
    const outcomes = await runAll(options, common, session);
    say(['', ...outcomeTable(outcomes), '', `took ${Math.round((performance.now() - from) / 1_000)} s`].join('\n'));
    if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(outcomes, undefined, 2)}\n`);
    return isGood(outcomes) ? 0 : 1;
  } finally {
    if (!isInterrupted) await end();
  }
}

const read = readOptions(process.argv.slice(2), {
  scenarios: [...scenarios, ...notRun].map(({ id }) => id),
  bugs: bugs.map(({ name }) => name),
});
if (!read.ok) {
  stderr.write(`${read.failures.join('\n')}\n\n${usage}`);
  process.exit(2);
}
if (read.value === 'help') {
  stdout.write(usage);
  process.exit(0);
}
try {
  process.exit(await run(read.value));
} catch (thrown) {
  stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`);
  process.exit(1);
}
