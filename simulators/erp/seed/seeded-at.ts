import { createHash } from 'node:crypto';
import type { World } from '../../kit/index.ts';
import { recordSeeding, seedingOf } from '../records/commit-log.ts';

const fingerprint = (world: World): string => createHash('sha256').update(JSON.stringify(world)).digest('hex');

/** When the books were first seeded: a restart seeds them as of then. Throws when they were seeded with another world. */
export async function seededAt(world: World, file: string | undefined, now: number): Promise<number> {
  if (file === undefined) return now;
  const seeding = seedingOf(file);
  if (seeding === undefined) {
    await recordSeeding(file, now, fingerprint(world));
    return now;
  }
  if (seeding.world !== fingerprint(world)) {
    throw new Error(`${file} holds the books of another world; give its world, or remove the file to start anew`);
  }
  return seeding.at;
}
