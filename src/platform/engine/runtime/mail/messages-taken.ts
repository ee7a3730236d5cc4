import type { Database } from '#platform/storage';
import type { AddressedMessage } from '../engine.ts';
import { messagesTaken as text } from '../sql/inbox.ts';
import { messageHash } from './message-hash.ts';

/** Whether each of these messages was taken by its run already, or waits for it: to be given it once more changes nothing. */
export async function messagesTaken(
  { pool }: Pick<Database, 'pool'>,
  messages: readonly Pick<AddressedMessage, 'flow' | 'key' | 'source' | 'id'>[],
): Promise<readonly boolean[]> {
  const { rows } = await pool.query<{ taken: boolean }>(text, [
    messages.map(({ flow }) => flow),
    messages.map(({ key }) => key),
    messages.map(({ source, id }) => messageHash(source, id)),
  ]);
  return rows.map(({ taken }) => taken);
}
