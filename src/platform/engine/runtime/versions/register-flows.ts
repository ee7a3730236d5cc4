import type { Database } from '#platform/storage';
import type { Log } from '../engine.ts';
import { versionName } from '../nodes/node-life.ts';
import { registeredVersions, registerFlow, replaceFingerprint, unfinishedRuns } from '../sql/flows.ts';
import { readNodes } from '../sql/nodes.ts';
import { flowFingerprint, isSameFlow } from './flow-fingerprint.ts';
import type { FlowRegistry, FlowVersion } from './flow-registry.ts';

/** Thrown at start: some runs would have no rules to go on by. */
export class RunsStranded extends Error {
  override readonly name = 'RunsStranded';
}

interface Unfinished extends FlowVersion {
  readonly count: number;
  readonly keys: readonly string[];
}

async function unfinished(database: Database, versions: readonly FlowVersion[]): Promise<readonly Unfinished[]> {
  if (versions.length === 0) return [];
  const values = [versions.map(({ flow }) => flow), versions.map(({ version }) => version)];
  return (await database.pool.query<Unfinished>(unfinishedRuns, values)).rows;
}

const runsOf = ({ flow, version, count, keys }: Unfinished): string =>
  `${count} unfinished ${count === 1 ? 'run' : 'runs'} of ${flow} version ${version} (${keys.join(', ')}${count > keys.length ? ', …' : ''})`;

/** Records each flow's fingerprint; answers those that changed under their version. */
async function changedFlows(database: Database, flows: FlowRegistry, allowStranded: boolean): Promise<FlowVersion[]> {
  const changed: FlowVersion[] = [];
  for (const flow of flows.all) {
    const fingerprint = flowFingerprint(flow);
    const values = [flow.name, flow.version, fingerprint];
    const { rows } = await database.pool.query<{ fingerprint: string }>(registerFlow, values);
    const registered = rows[0]?.fingerprint ?? fingerprint;
    if (registered === fingerprint) continue;
    const isSame = isSameFlow(registered, flow);
    if (isSame || allowStranded) await database.pool.query(replaceFingerprint, values);
    if (!isSame) changed.push({ flow: flow.name, version: flow.version });
  }
  return changed;
}

const changedText = ({ flow, version }: FlowVersion, runs: readonly Unfinished[]): string => {
  const own = runs.find((each) => each.flow === flow && each.version === version);
  const stranded = own === undefined ? 'no unfinished run goes by it' : `it would strand ${runsOf(own)}`;
  return `flow ${flow} changed but is still version ${version}: give it version ${version + 1}, and keep the old one for its runs or declare how they migrate; ${stranded}`;
};

interface NodeRow {
  readonly name: string;
  readonly epoch: number;
  readonly beat: string;
  readonly versions: readonly string[] | null;
}

/** The nodes whose beat moves within the lease, and that have the version, or do not say what they have. */
async function livingNodesWith(database: Database, version: FlowVersion, leaseMs: number): Promise<readonly string[]> {
  const before = (await database.pool.query<NodeRow>(readNodes)).rows;
  for (const end = performance.now() + leaseMs; performance.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(leaseMs / 5, 1_000)));
    const { rows } = await database.pool.query<NodeRow>(readNodes);
    const living = rows.filter(
      (row) =>
        before.some(({ name, beat, epoch }) => name === row.name && (beat !== row.beat || epoch !== row.epoch)) &&
        (row.versions === null || row.versions.includes(versionName(version.flow, version.version))),
    );
    if (living.length > 0) return living.map(({ name }) => name);
  }
  return [];
}

/**
 * Registers this program's flows. Throws when one changed under its version, or when unfinished runs have a version that is not among
 * them, has no migration and no other living node has: each with the runs that would be stranded and what to do.
 * `allowStranded` says it in the log instead.
 */
export async function registerFlows(
  needs: { readonly database: Database; readonly flows: FlowRegistry; readonly log: Log },
  options: { readonly allowStranded: boolean; readonly leaseMs: number },
): Promise<void> {
  const { database, flows, log } = needs;
  const changed = await changedFlows(database, flows, options.allowStranded);
  const changedRuns = await unfinished(database, changed);
  const { rows: registered } = await database.pool.query<FlowVersion>(registeredVersions);
  const missing = registered.filter(
    ({ flow, version }) => !flows.hasVersion(flow, version) && flows.successor(flow, version) === undefined,
  );
  const failures = changed.map((version) => changedText(version, changedRuns));
  for (const stranded of await unfinished(database, missing)) {
    const nodes = options.allowStranded ? [] : await livingNodesWith(database, stranded, options.leaseMs);
    const { flow, version, count } = stranded;
    if (nodes.length > 0) log('runs-left-to-others', { flow, version, runs: count, nodes: [...nodes] });
    else failures.push(`this program does not know ${flow} version ${version} and would strand ${runsOf(stranded)}`);
  }
  if (failures.length === 0) return;
  if (options.allowStranded) {
    for (const because of failures) log('runs-stranded', { because });
    return;
  }
  throw new RunsStranded(
    `${failures.join('\n')}\nStart a program that has these versions, or one whose newer version declares \`migrates\` from them. ` +
      'While developing, when these runs do not matter: remove the state folder (.crossdock) or start with --allow-stranded; ' +
      'then runs of a changed version go on by the new rules, and those of an unknown one stay where they are.',
  );
}
