-- Why: people ask where one thing was done, e.g. every pause, newest first, over years of entries.
-- without-transaction: built beside the program that is at work
create index concurrently audit_by_action on audit_entry (action, at, target, seq);
