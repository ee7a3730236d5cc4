import type { Database } from '#platform/storage';
import type { InboxRow } from '../commit/commit-unit.ts';
import type { Log } from '../engine.ts';
import { sweepInbox } from '../sql/inbox.ts';

export interface InboxSweeper {
  /** One walk over the whole inbox. */
  sweep(): Promise<void>;
  start(): void;
  stop(): void;
}

interface Swept extends InboxRow {
  readonly seq: string;
  readonly deliverable: boolean;
}

const slice = 500;

/** Hands on, in the order of sending, what lies in the inbox although its run is there: the hand-off after its commit was lost with a node. */
export function createInboxSweeper(
  needs: { readonly database: Database; readonly log: Log; readonly handOn: (row: InboxRow) => void },
  options: { readonly everyMs: number },
): InboxSweeper {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function walk(youngestMs: number): Promise<void> {
    for (let after = '0', size = slice; size === slice && !isStopped; ) {
      const { rows } = await needs.database.pool.query<Swept>(sweepInbox, [after, youngestMs, slice]);
      for (const row of rows) if (row.deliverable) needs.handOn(row);
      after = rows.at(-1)?.seq ?? after;
      size = rows.length;
    }
  }

  function schedule(): void {
    timer = setTimeout(() => {
      walk(options.everyMs)
        .catch((thrown: unknown) => needs.log('inbox-not-swept', { message: String(thrown) }))
        .finally(() => {
          if (!isStopped) schedule();
        });
    }, options.everyMs);
  }

  return {
    sweep: () => walk(0),
    start: schedule,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
