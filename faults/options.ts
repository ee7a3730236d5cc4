import { parseArgs } from 'node:util';
import { failed, ok, type Result } from '#model/kernel';

/** What a run of the harness was asked for. */
export interface FaultOptions {
  /** Scenarios by name; absent: all. */
  readonly only?: readonly string[];
  readonly seed: number;
  /** Where the outcomes go as JSON. */
  readonly report?: string;
  /** A sample of each scenario instead of all of it. */
  readonly isShort: boolean;
  readonly nodes: number;
  /** The ERP is a real Tryton, in the scenarios that are meant for it. */
  readonly withTryton: boolean;
  /** Runs the seeded bugs, each of which must be caught. */
  readonly seededBugs: boolean;
}

export const usage = `npm run faults -- [options]

  --only S01,S09   these scenarios (default: all)
  --seed N         what is chosen at random repeats with it (default: by the clock; it is printed)
  --report FILE    write the outcomes as JSON
  --short          a sample of each scenario
  --nodes N        Crossdock processes on one database (default 2)
  --tryton         a real Tryton behind the proxy, in the scenarios that are meant for it
  --seeded-bugs    check the checker: builds with a bug each, which must be caught; --only names bugs then
`;

function whole(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
  wrong: string[],
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  wrong.push(`--${name} ${text}: give a whole number from ${least} to ${most}`);
  return undefined;
}

/** Reads the command line; answers everything that is wrong with it. `names`: what `--only` may say, without and with `--seeded-bugs`. */
export function readOptions(
  words: readonly string[],
  names: { readonly scenarios: readonly string[]; readonly bugs: readonly string[] },
): Result<FaultOptions | 'help', string> {
  let given: Readonly<Record<string, string | boolean | undefined>>;
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    given = parseArgs({
      args: [...words],
      options: {
        only: text,
        seed: text,
        report: text,
        nodes: text,
        short: flag,
        tryton: flag,
        'seeded-bugs': flag,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (thrown) {
    return failed([(thrown as Error).message]);
  }
  if (given.help === true) return ok('help');
  const said = (name: string): string | undefined => given[name] as string | undefined;
  const wrong: string[] = [];
  const seededBugs = given['seeded-bugs'] === true;
  const seed = whole('seed', said('seed'), 0, 2_147_483_647, wrong);
  const nodes = whole('nodes', said('nodes'), 1, 8, wrong);
  const known = seededBugs ? names.bugs : names.scenarios;
  const only = said('only')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = only?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0 || only?.length === 0) {
    wrong.push(
      `--only ${said('only')}: there is no ${unknown.join(', ') || 'name in it'}; there are ${known.join(', ')}`,
    );
  }
  if (wrong.length > 0) return failed(wrong);
  const report = said('report');
  return ok({
    seed: seed ?? Date.now() % 1_000_000,
    nodes: nodes ?? 2,
    isShort: given.short === true,
    withTryton: given.tryton === true,
    seededBugs,
    ...(only === undefined ? {} : { only }),
    ...(report === undefined ? {} : { report }),
  });
}
