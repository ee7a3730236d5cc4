-- Why: people ask what was done to things of one kind, e.g. all lanes, newest first, over years of entries.
-- without-transaction: built beside the program that is at work
create index concurrently audit_by_kind on audit_entry ((split_part(target, ':', 1)), at, target, seq);
