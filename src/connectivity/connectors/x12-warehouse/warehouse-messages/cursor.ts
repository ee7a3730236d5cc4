import type { Json } from '#model/kernel';

/** A file whose messages are durable, or about to be, and that still stands in the folder. */
export interface ReadFile {
  readonly name: string;
  /** Of its content: a name may come again with another one. */
  readonly digest: string;
}

/** The files that a stored cursor names; none when there is no cursor, or one that we did not write. */
export function filesOf(cursor: Json | undefined): readonly ReadFile[] {
  if (typeof cursor !== 'object' || cursor === null || !('files' in cursor) || !Array.isArray(cursor.files)) return [];
  return cursor.files.filter(
    (file: unknown): file is ReadFile =>
      typeof file === 'object' &&
      file !== null &&
      typeof (file as Partial<ReadFile>).name === 'string' &&
      typeof (file as Partial<ReadFile>).digest === 'string',
  );
}

/** When the newest file was written that was ever taken, in the server's seconds; undefined when that is not known. */
export function takenOf(cursor: Json | undefined): number | undefined {
  if (typeof cursor !== 'object' || cursor === null || !('taken' in cursor)) return undefined;
  return typeof cursor.taken === 'number' ? cursor.taken : undefined;
}

export const cursorOf = (files: readonly ReadFile[], taken: number | undefined): Json => ({
  files: files.map(({ name, digest }) => ({ name, digest })),
  ...(taken === undefined ? {} : { taken }),
});

/** The newest of what was known and what is taken now. */
export const newestOf = (taken: number | undefined, files: readonly { readonly modifiedAt: number }[]) =>
  files.reduce<number | undefined>((newest, { modifiedAt }) => Math.max(newest ?? modifiedAt, modifiedAt), taken);
