import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { failed, ok, type Result } from '#model/kernel';

/** The day that the project carries; see `data/SOURCES.md`. */
export const carriedDay = fileURLToPath(new URL('data/online-retail-2010-12-01-to-03.csv', import.meta.url));

export interface DemoOptions {
  /** Chooses the incidents. Default 1. */
  readonly seed: number;
  /** Default: as many as the day has. */
  readonly orders?: number;
  /** End when the day is over, with 0 only when everything agrees. Default: stay up. */
  readonly once: boolean;
  /** Where the report goes as JSON. */
  readonly report?: string;
  /** Where the addresses of everything go as JSON as soon as it is up. */
  readonly addresses?: string;
  /** The day. Default: the carried one. */
  readonly input: string;
  /** Where the platform listens. Default 8080. */
  readonly port: number;
  /** Processes of the platform. Default 1. */
  readonly nodes: number;
  /** One of them is killed after so many orders. Default: none. */
  readonly killNodeAfter?: number;
}

export const usage = `npm start -- [options]

  --seed N        choose the incidents of the day (default 1)
  --orders N      so many orders: the day is cut, or begins again with fresh numbers
  --input FILE    another day, a CSV file in the form of demo/data
  --once          end when the day is over; exit 0 only when every order ended as it should
  --report FILE   write the report as JSON
  --addresses FILE
                  write where everything is as JSON: the platform, its key, the links to sign in, the simulators' dials
  --port N        where the platform listens (default 8080; 0 takes a free one)
  --nodes N       run the platform as N processes on one database (default 1)
  --kill-node-after ORDERS
                  kill -9 one of several nodes when so many orders have ended
`;

/** Each takes up to some 25 of the embedded database's connections. */
const mostNodes = 6;

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

/** Reads the command line. Answers the options or everything that is wrong; `help` asks for the usage alone. */
export function readOptions(words: readonly string[]): Result<DemoOptions | 'help', string> {
  let parsed: Record<string, string | boolean | undefined>;
  try {
    parsed = parseArgs({
      args: [...words],
      options: {
        seed: { type: 'string' },
        orders: { type: 'string' },
        once: { type: 'boolean', default: false },
        report: { type: 'string' },
        addresses: { type: 'string' },
        input: { type: 'string', default: carriedDay },
        port: { type: 'string' },
        nodes: { type: 'string' },
        'kill-node-after': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (thrown) {
    return failed([(thrown as Error).message]);
  }
  if (parsed.help === true) return ok('help');
  const text = (name: string): string | undefined => parsed[name] as string | undefined;
  const wrong: string[] = [];
  const seed = whole('seed', text('seed'), 0, 2_147_483_647, wrong);
  const orders = whole('orders', text('orders'), 1, 1_000_000, wrong);
  const port = whole('port', text('port'), 0, 65_535, wrong);
  const nodes = whole('nodes', text('nodes'), 1, mostNodes, wrong) ?? 1;
  const killNodeAfter = whole('kill-node-after', text('kill-node-after'), 1, 1_000_000, wrong);
  if (killNodeAfter !== undefined && nodes === 1) wrong.push('--kill-node-after: needs another node; give --nodes 2');
  const report = text('report');
  const addresses = text('addresses');
  if (wrong.length > 0) return failed(wrong);
  return ok({
    seed: seed ?? 1,
    ...(orders === undefined ? {} : { orders }),
    once: parsed.once === true,
    ...(report === undefined ? {} : { report }),
    ...(addresses === undefined ? {} : { addresses }),
    input: text('input') ?? carriedDay,
    port: port ?? 8080,
    nodes,
    ...(killNodeAfter === undefined ? {} : { killNodeAfter }),
  });
}
