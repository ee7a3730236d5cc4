import { type Database, openNoticeLine } from '#platform/storage';

/** A run whose row was written. */
export interface Change {
  readonly flow: string;
  readonly key: string;
  /** The key of the run that it is a part of, or its own. */
  readonly rootKey: string;
  readonly sites: readonly string[];
}

/** `many`: more than can be named, or notices were lost; ask again for everything. */
export type Changes = readonly Change[] | 'many';

/** Tells every node which rows were written. */
export interface ChangeLine {
  tell(changes: readonly Change[]): void;
  /** Answers how to stop listening. */
  onChanged(listener: (changes: Changes) => void): () => void;
  close(): Promise<void>;
}

/** A line takes somewhat more. */
const mostBytes = 7_500;
/** More would be refreshed one by one nowhere. */
const mostNotices = 12;

type Packed = readonly [flow: string, key: string, rootKey: string, sites: readonly string[]];

const unpack = ([flow, key, rootKey, sites]: Packed): Change => ({ flow, key, rootKey, sites });

/** As payloads: each a JSON array of changes, or `many`. */
export function payloadsOf(changes: readonly Change[]): readonly string[] {
  const payloads: string[] = [];
  let parts: string[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (parts.length > 0) payloads.push(`[${parts.join(',')}]`);
    parts = [];
    bytes = 0;
  };
  for (const { flow, key, rootKey, sites } of changes) {
    const part = JSON.stringify([flow, key, rootKey, sites] satisfies Packed);
    const size = Buffer.byteLength(part) + 1;
    if (size > mostBytes) return ['many'];
    if (bytes + size > mostBytes) finish();
    parts.push(part);
    bytes += size;
  }
  finish();
  return payloads.length > mostNotices ? ['many'] : payloads;
}

export const readPayload = (payload: string): Changes =>
  payload === 'many' ? 'many' : (JSON.parse(payload) as Packed[]).map(unpack);

/** Opens it; notices go out after the write. */
export function createChangeLine(
  database: Database,
  log: (event: string, details: Readonly<Record<string, string>>) => void,
): ChangeLine {
  const listeners = new Set<(changes: Changes) => void>();
  let underWay = 0;
  let isBehind = false;

  const tellHere = (changes: Changes): void => {
    for (const listener of listeners) listener(changes);
  };
  const line = openNoticeLine({
    database,
    channel: 'crossdock_progress',
    heard: (payload) => tellHere(readPayload(payload)),
    isBack: () => tellHere('many'),
    notConnected: (message) => log('change-line-not-connected', { message }),
  });

  async function notify(payload: string): Promise<void> {
    underWay += 1;
    await line.tell(payload);
    underWay -= 1;
  }

  return {
    tell: (changes) => {
      if (changes.length === 0) return;
      tellHere(changes);
      // A slow database is not given more to do: what was left out is made good by one word.
      isBehind ||= underWay > mostNotices;
      if (underWay > mostNotices) return;
      for (const payload of isBehind ? ['many'] : payloadsOf(changes)) void notify(payload);
      isBehind = false;
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => line.close(),
  };
}
