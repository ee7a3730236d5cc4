import type { Instant, Json } from '#model/kernel';
import { type Database, inTransaction } from '#platform/storage';
import { setDeadlines, withoutDeadline } from './sql/case-deadlines.ts';

/** Working time in which somebody must have decided, hours, by severity; `other` for what is not named. */
export interface CasePatience {
  readonly problem?: number;
  readonly warning?: number;
  readonly other?: number;
}

const usual = { problem: 8, warning: 40, other: 16 } as const satisfies Required<CasePatience>;
const hour = 3_600_000;
const slice = 500;

export interface DeadlineNeeds {
  readonly database: Database;
  /** The moment at which so much working time has passed. */
  readonly calendar: { add(at: Instant, milliseconds: number): Instant };
}

/** Working hours in which somebody must have decided. */
export function hoursFor(severity: string, patience: CasePatience): number {
  if (severity === 'problem') return patience.problem ?? usual.problem;
  if (severity === 'warning') return patience.warning ?? usual.warning;
  return patience.other ?? usual.other;
}

/** Gives every open case that has none a deadline of its own, from when it was opened; answers how many. */
export async function giveDeadlines(
  { database, calendar }: DeadlineNeeds,
  patience: CasePatience = {},
): Promise<number> {
  for (let given = 0; ; ) {
    const size = await inTransaction(database, async (client) => {
      const { rows } = await client.query<{ id: string; opened_at: string; severity: string }>(withoutDeadline, [
        slice,
      ]);
      if (rows.length === 0) return 0;
      const deadlines = rows.map(({ opened_at, severity }) =>
        calendar.add(opened_at, hoursFor(severity, patience) * hour),
      );
      await client.query(setDeadlines, [rows.map(({ id }) => id), deadlines]);
      return rows.length;
    });
    given += size;
    if (size < slice) return given;
  }
}

/** Gives deadlines from time to time, on every node. */
export function keepDeadlines(
  needs: DeadlineNeeds & { readonly log: (event: string, details: Readonly<Record<string, Json>>) => void },
  options: { readonly patience?: CasePatience; readonly everyMs?: number } = {},
): { stop(): Promise<void> } {
  let under: Promise<unknown> | undefined;
  const look = (): void => {
    under ??= giveDeadlines(needs, options.patience)
      .catch((thrown: unknown) => needs.log('case-deadlines-not-given', { message: String(thrown) }))
      .finally(() => {
        under = undefined;
      });
  };
  const timer = setInterval(look, options.everyMs ?? 2_000);
  look();
  return {
    stop: async () => {
      clearInterval(timer);
      await under;
    },
  };
}
