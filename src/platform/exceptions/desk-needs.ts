import type { Clock } from '#model/kernel';
import type { JournalEntry, OpenEffect } from '#platform/engine';
import type { Database } from '#platform/storage';
import type { Tables } from './case-effect.ts';
import type { LetterDesk } from './letters.ts';

/** What the desk needs of the engine that runs the flows. */
export interface CaseRuns {
  deliver(
    messages: readonly {
      readonly flow: string;
      readonly key: string;
      readonly id: string;
      readonly source: string;
      readonly type: string;
      readonly data: unknown;
    }[],
  ): Promise<void>;
  view(flow: string, key: string): Promise<{ readonly open: readonly OpenEffect[] } | undefined>;
  journal(flow: string, key: string): Promise<readonly { readonly at: string; readonly entry: JournalEntry }[]>;
}

export interface DeskNeeds {
  readonly database: Database;
  readonly runs: CaseRuns;
  readonly tables: Tables;
  readonly letters: LetterDesk;
  readonly clock: Clock;
}
