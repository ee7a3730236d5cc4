import { parseArgs } from 'node:util';

/** What the bench was asked for on its command line. */
export interface BenchArguments {
  readonly command: string;
  /** Where the measures go as JSON. */
  readonly json?: string;
  readonly rounds: number;
  readonly seconds: number;
  /** Measures wanted; empty: all. */
  readonly only: readonly string[];
  /** P6 over a year of history. */
  readonly loaded: boolean;
  /** Where the database lies. */
  readonly directory?: string;
  /** Orders in the database, for `console`. */
  readonly orders?: number;
}

/** A sentence about what is wrong on the command line. */
const wrong = (about: string): Error => new Error(about);

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 600))
    throw wrong(`--${name} must be a number from 1 to 600, not ${JSON.stringify(text)}`);
  return value;
}

/** Reads the command line. Throws a sentence that names what is wrong with it. `known` are the commands with their measures. */
export function benchArguments(
  given: readonly string[],
  known: Readonly<Record<string, readonly string[]>>,
): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      only: { type: 'string', default: '' },
      loaded: { type: 'boolean', default: false },
      directory: { type: 'string' },
      orders: { type: 'string' },
    },
  });
  const [command = '', ...more] = positionals;
  const measures = known[command];
  if (measures === undefined || more.length > 0) {
    throw wrong(`say what to run: npm run bench -- ${Object.keys(known).join(' | ')}`);
  }
  const only = values.only.split(',').filter((name) => name !== '');
  const unknown = only.find((name) => !measures.includes(name));
  if (unknown !== undefined)
    throw wrong(`--only ${unknown}: ${command} measures ${measures.join(', ') || 'nothing by name'}`);
  const rounds = positive('rounds', values.rounds);
  if (!Number.isInteger(rounds)) throw wrong(`--rounds must be a whole number, not ${values.rounds}`);
  const orders = values.orders === undefined ? undefined : Number(values.orders);
  if (orders !== undefined && !(Number.isInteger(orders) && orders >= 1_000 && orders <= 100_000_000))
    throw wrong(`--orders must be a whole number from 1000 to 100000000, not ${JSON.stringify(values.orders)}`);
  return {
    command,
    rounds,
    seconds: positive('seconds', values.seconds),
    only,
    loaded: values.loaded,
    ...(values.json === undefined ? {} : { json: values.json }),
    ...(values.directory === undefined ? {} : { directory: values.directory }),
    ...(orders === undefined ? {} : { orders }),
  };
}
