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
  /** The day. Default: the carried one. */
  readonly input: string;
  /** Where the platform listens. Default 8080. */
  readonly port: number;
}

export const usage = `npm start -- [options]

  --seed N        choose the incidents of the day (default 1)
  --orders N      so many orders: the day is cut, or begins again with fresh numbers
  --input FILE    another day, a CSV file in the form of demo/data
  --once          end when the day is over; exit 0 only when every order ended as it should
  --report FILE   write the report as JSON
  --port N        where the platform listens (default 8080; 0 takes a free one)
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
        input: { type: 'string', default: carriedDay },
        port: { type: 'string' },
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
  const report = text('report');
  if (wrong.length > 0) return failed(wrong);
  return ok({
    seed: seed ?? 1,
    ...(orders === undefined ? {} : { orders }),
    once: parsed.once === true,
    ...(report === undefined ? {} : { report }),
    input: text('input') ?? carriedDay,
    port: port ?? 8080,
  });
}
