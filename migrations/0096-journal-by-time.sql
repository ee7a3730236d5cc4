-- Why: the sweep for what a dead node did not write to `standing` reads the journal by the time at which it was recorded. A block-range
-- index on an append-only table is a few pages. Months that are made from now on have it; `#platform/progress` makes it concurrently
-- for those that are there.
-- allowed: index, because it is made on the parent alone, which has no rows: nothing is read and no partition is locked
create index journal_recorded on only journal using brin (recorded_at) with (pages_per_range = 32, autosummarize = on);
