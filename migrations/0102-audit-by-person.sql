-- Why: people ask what one person or caller did, newest first, over years of entries.
-- without-transaction: built beside the program that is at work
create index concurrently audit_by_person on audit_entry (by, at, target, seq);
