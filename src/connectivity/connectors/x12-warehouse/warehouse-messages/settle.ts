import type { Sftp } from '#connectivity/protocols/sftp';
import { type Clock, Fault } from '#model/kernel';
import type { Outbox } from '../outbox.ts';
import type { WarehouseSettings } from '../settings.ts';
import type { TakenFile } from './look.ts';
import { receiptsFor } from './receipts.ts';

const mostNames = 100;

/** Moves a file into the archive, under a further name when its own is taken there: names may come again. */
async function archive(sftp: Sftp, { folders }: WarehouseSettings, name: string, signal: AbortSignal): Promise<void> {
  for (let turn = 1; turn <= mostNames; turn += 1) {
    const target = `${folders.outArchive}/${name}${turn === 1 ? '' : `.${turn}`}`;
    if ((await sftp.move(`${folders.out}/${name}`, target, signal)) !== 'exists') return;
  }
  const message = `${folders.outArchive} holds ${mostNames} files named ${name}: move old ones away`;
  throw new Fault('transient', { code: 'archive-full', message });
}

/**
 * What is left to do once a file's messages are durable: acknowledge its groups, then move it out of the way. Doing it again changes
 * nothing. A file that changed since it was read stays where it is and is read again.
 */
export async function settleFile(
  file: TakenFile,
  needs: { readonly sftp: Sftp; readonly outbox: Outbox; readonly settings: WarehouseSettings; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const { sftp, outbox, settings, clock } = needs;
  const there = await sftp.stat(`${settings.folders.out}/${file.name}`, signal);
  if (there?.size !== file.size || there.modifiedAt !== file.modifiedAt) return;
  for (const receipt of receiptsFor(file, settings, clock)) await outbox.place(receipt, signal);
  await archive(sftp, settings, file.name, signal);
}
