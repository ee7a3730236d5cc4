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
}

const preload = fileURLToPath(new URL('preload.ts', import.meta.url));
/** Findings that only say that the run proved nothing do not catch a bug. */
const provesNothing = /^(not vacuous|S\d+: it could not be judged)/;

/** Whether the bug was in the build and the checker saw what it did. */
export const isCaught = ({ bug, outcome }: BugRun): boolean =>
  outcome.mutations === bug.mutations.length &&
  outcome.verdict === 'failed' &&
  outcome.findings.some((finding) => !provesNothing.test(finding));

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
  return { bug, outcome: await runScenario(server, scenario, changed, opened) };
}

/** Which bug was caught, by which scenario, with what finding. */
export function caughtTable(runs: readonly BugRun[]): readonly string[] {
  return runs.map((run) => {
    const { bug, outcome } = run;
    const what = isCaught(run)
      ? `caught by ${bug.scenario}`
      : `NOT CAUGHT (${outcome.mutations} of ${bug.mutations.length} changes were loaded)`;
    return `${bug.name}: ${what}: ${outcome.findings[0] ?? 'no finding'}`;
  });
}
