import type { Finding } from './finding.ts';
import type { Group, Interchange, TransactionSet } from './interchange.ts';
import type { ReadOptions } from './options.ts';
import { createReader, type ReaderNeeds } from './reader.ts';

/** An input read whole. */
export interface InterchangesRead {
  readonly interchanges: readonly Interchange[];
  /** What stands outside of any interchange. */
  readonly findings: readonly Finding[];
  /** At least one interchange, each with its trailer, and nothing outside: the file is not half written. */
  readonly whole: boolean;
}

/** Reads text, or its UTF-8, with any number of interchanges. Never throws: what is wrong stands in the findings of the level that it spoils. */
export function readInterchanges(input: string | Uint8Array, options: ReadOptions = {}): InterchangesRead {
  const interchanges: Interchange[] = [];
  const stray: Finding[] = [];
  let open: { header: Interchange['header']; groups: Group[] } | undefined;
  let group: { header: Group['header']; sets: TransactionSet[] } | undefined;
  const reader = createReader(
    {
      interchange: (header) => {
        open = { header, groups: [] };
      },
      group: (header) => {
        group = { header, sets: [] };
      },
      set: (set) => group?.sets.push(set),
      groupEnd: (findings) => {
        if (group !== undefined) open?.groups.push({ ...group, findings });
        group = undefined;
      },
      interchangeEnd: (findings, complete) => {
        if (open !== undefined) interchanges.push({ ...open, findings, complete });
        open = undefined;
      },
      stray: (finding) => {
        if (stray.length < 100) stray.push(finding);
      },
    },
    options,
  );
  reader.write(typeof input === 'string' ? Buffer.from(input) : input);
  reader.end();
  const whole = stray.length === 0 && interchanges.length > 0 && interchanges.every(({ complete }) => complete);
  return { interchanges, findings: stray, whole };
}

/** Reads UTF-8 as it comes, in memory that does not grow with the input. Throws only what `source` or `needs` throw. */
export async function readStream(
  source: AsyncIterable<Uint8Array>,
  needs: ReaderNeeds,
  options: ReadOptions = {},
): Promise<void> {
  const reader = createReader(needs, options);
  for await (const piece of source) reader.write(piece);
  reader.end();
}
