import { fileURLToPath } from 'node:url';
import { type Opened, type Outcome, runScenario } from '../harness/run-scenario.ts';
import type { DatabaseServer } from '../kit/database-server.ts';
import type { StageOptions } from '../kit/open-stage.ts';
import { scenarios } from '../scenarios/index.ts';
import type { SeededBug } from './bugs.ts';

/** What came of a scenario on a build with a bug. */
export interface BugRun {
  readonly bug: SeededBug;
  readonly outcome: Outcome;
  /** What came of the same without the bug, where all that was found is that it took too long: a slow machine finds that too. */
  readonly control?: Outcome;
}

const preload = fileURLToPath(new URL('preload.ts', import.meta.url));
/** Findings that only say that the run proved nothing do not catch a bug. */
const provesNothing = /^(not vacuous|S\d+: it could not be judged)/;
const tookTooLong = /^S\d+: waited \d+ ms in vain/;

const isWrong = (finding: string): boolean => !provesNothing.test(finding);

/** Whether the bug was in the build and the checker saw what it did. */
export const isCaught = ({ bug, outcome, control }: BugRun): boolean =>
  outcome.mutations === bug.mutations.length &&
  outcome.verdict === 'failed' &&
  outcome.findings.some(isWrong) &&
  (control === undefined || control.verdict === 'passed');

/** Runs the bug's scenario on nodes whose source is changed while it is loaded. */
export async function runBug(
  server: DatabaseServer,
  bug: SeededBug,
  options: StageOptions,
  opened?: Opened,
): Promise<BugRun> {
  const scenario = scenarios.find(({ id }) => id === bug.scenario);
  if (scenario === undefined) throw new Error(`${bug.name}: there is no scenario ${bug.scenario}`);
  const changed: StageOptions = {
    ...options,
    isShort: true,
    // A run that never comes to rest is a finding too, and need not be waited for as long.
    patienceMs: 12_000,
    ...(bug.seed === undefined ? {} : { seed: bug.seed }),
    execArgv: ['--import', preload],
    env: { CROSSDOCK_SEEDED_BUG: JSON.stringify(bug.mutations) },
  };
  const outcome = await runScenario(server, scenario, changed, opened);
  const wrong = outcome.findings.filter(isWrong);
  if (wrong.length === 0 || !wrong.every((finding) => tookTooLong.test(finding))) return { bug, outcome };
  const unchanged = { ...changed, env: { CROSSDOCK_SEEDED_BUG: '[]' } };
  return { bug, outcome, control: await runScenario(server, scenario, unchanged, opened) };
}

/** Which bug was caught, by which scenario, with what finding. */
export function caughtTable(runs: readonly BugRun[]): readonly string[] {
  return runs.map((run) => {
    const { bug, outcome, control } = run;
    const missed =
      control === undefined
        ? `${outcome.mutations} of ${bug.mutations.length} changes were loaded`
        : `without it the scenario ${control.verdict}`;
    const what = isCaught(run) ? `caught by ${bug.scenario}` : `NOT CAUGHT (${missed})`;
    return `${bug.name}: ${what}: ${outcome.findings[0] ?? 'no finding'}`;
  });
}
