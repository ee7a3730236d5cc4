import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '#model/kernel';
import type { Position } from './timeline.ts';

/** What a node saw of the database, kept outside of it. */
export interface Sighting extends Position {
  /** The newest lost window that it knew: one from before another loss says nothing. */
  readonly window: number;
}

/** A start that was acknowledged. */
export interface RememberedStart {
  readonly at: Instant;
  /** In which database; several installations may be started from one folder. */
  readonly system: string;
  readonly scope: string;
  readonly claim: string;
  readonly flow: string;
  readonly key: string;
}

/** A node's files beside the database. Not state: lost, they cost only what they would have noticed. */
export interface Evidence {
  /** Of every node that keeps its files here. */
  sightings(): Promise<readonly Sighting[]>;
  saw(sighting: Sighting): Promise<void>;
  /** Buffered; `flush` writes. */
  remember(start: RememberedStart): void;
  flush(): Promise<void>;
  starts(): Promise<readonly RememberedStart[]>;
}

/** How long starts are remembered, hours. */
const keptHours = 48;
/** How long a start may wait to be written: a process that is killed forgets those. */
const flushMs = 50;

const isOf = (prefix: string, name: string): boolean => name.startsWith(prefix) && !name.endsWith('.new');

function parse<Value>(line: string): readonly Value[] {
  try {
    return [JSON.parse(line) as Value];
  } catch {
    // The last line of a node that was killed may be torn.
    return [];
  }
}

/** Throws when the folder cannot be made. */
export async function openEvidence(folder: string, node: string, now: () => Instant): Promise<Evidence> {
  await mkdir(folder, { recursive: true });
  const own = encodeURIComponent(node);
  let lines: string[] = [];
  let writing: Promise<void> = Promise.resolve();
  let soon: NodeJS.Timeout | undefined;

  const read = async (prefix: string): Promise<readonly string[]> => {
    const names = (await readdir(folder)).filter((name) => isOf(prefix, name)).sort();
    return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  };

  const hourOf = (at: Instant): string => at.slice(0, 13);

  async function forgetOld(): Promise<void> {
    const oldest = hourOf(new Date(Date.parse(now()) - keptHours * 3_600_000).toISOString());
    for (const name of await readdir(folder)) {
      if (name.startsWith('starts.') && (name.split('.')[1] ?? '') < oldest)
        await rm(join(folder, name), { force: true });
    }
  }

  async function write(): Promise<void> {
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    await appendFile(join(folder, `starts.${hourOf(now())}.${own}`), text);
  }

  function flush(): Promise<void> {
    writing = writing.then(write, write);
    return writing;
  }

  await forgetOld();
  return {
    sightings: async () =>
      (await read('seen.')).flatMap((text) =>
        parse<Omit<Sighting, 'flushed'> & { readonly flushed: string }>(text).map((seen) => ({
          ...seen,
          flushed: BigInt(seen.flushed),
        })),
      ),
    saw: async (sighting) => {
      const file = join(folder, `seen.${own}`);
      await writeFile(`${file}.new`, JSON.stringify({ ...sighting, flushed: String(sighting.flushed) }));
      await rename(`${file}.new`, file);
    },
    remember: (start) => {
      lines.push(`${JSON.stringify(start)}\n`);
      if (soon !== undefined) return;
      soon = setTimeout(() => {
        soon = undefined;
        void flush();
      }, flushMs).unref();
    },
    flush,
    starts: async () =>
      (await read('starts.')).flatMap((text) => text.split('\n').flatMap((line) => parse<RememberedStart>(line))),
  };
}
