-- Why: a single act whose node died before it was done is looked for, so that what the audit says was decided is delivered. Few rows
-- are in this index at any time: an act has its verdict within moments.
-- without-transaction: built beside the program that is at work
create index concurrently action_left on case_action (at) where verdict is null and bulk_id is null;
