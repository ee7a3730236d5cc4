/** A run as a line of a list. */
export interface ListedRun {
  readonly runId: string;
  readonly flow: string;
  readonly key: string;
  readonly state: string;
  readonly phase: 'forward' | 'unwinding' | 'ended';
  readonly ending?: string;
  readonly startedAt: string;
  readonly enteredAt: string;
  readonly updatedAt: string;
  readonly party?: string;
  readonly partyName?: string;
  readonly worth?: { readonly amount: string; readonly currency: string };
  readonly dueBy?: string;
  readonly sites: readonly string[];
  readonly source?: string;
  readonly shows: Readonly<Record<string, string | number>>;
  /** Its own and those of its parts. */
  readonly openCases: number;
  /** By what it was found. */
  readonly matched?: { readonly kind: string; readonly value: string };
}

/** As the statements answer it. */
export interface RunRow {
  readonly run_id: string;
  readonly flow: string;
  readonly key: string;
  readonly state: string;
  readonly phase: ListedRun['phase'];
  readonly ending: string | null;
  readonly started_at: string;
  readonly entered_at: string;
  readonly updated_at: string;
  readonly party: string | null;
  readonly party_name: string | null;
  readonly worth: string | null;
  readonly currency: string | null;
  readonly due_by: string | null;
  readonly sites: readonly string[];
  readonly source: string | null;
  readonly shows: Readonly<Record<string, string | number>>;
  readonly open_cases: number;
  readonly place: string;
  readonly exact?: boolean;
  readonly matched_kind?: string;
  readonly matched?: string;
}

export const listedRun = (row: RunRow): ListedRun => ({
  runId: row.run_id,
  flow: row.flow,
  key: row.key,
  state: row.state,
  phase: row.phase,
  ...(row.ending === null ? {} : { ending: row.ending }),
  startedAt: row.started_at,
  enteredAt: row.entered_at,
  updatedAt: row.updated_at,
  ...(row.party === null ? {} : { party: row.party }),
  ...(row.party_name === null ? {} : { partyName: row.party_name }),
  ...(row.worth === null || row.currency === null ? {} : { worth: { amount: row.worth, currency: row.currency } }),
  ...(row.due_by === null ? {} : { dueBy: row.due_by }),
  sites: row.sites,
  ...(row.source === null ? {} : { source: row.source }),
  shows: row.shows,
  openCases: row.open_cases,
  ...(row.matched_kind === undefined || row.matched === undefined
    ? {}
    : { matched: { kind: row.matched_kind, value: row.matched } }),
});
