-- Why: a refused message can be sent through its door again, as it is or repaired. For that it is kept as its reader understood it
-- (null where nothing could be read), under the id that it would have had, so that a corrected one of its sender closes it.
alter table quarantine add column message text;
-- The id of the message that it would be if nothing were wrong with it: many refused versions may be about one.
alter table quarantine add column about text;
-- The case that it opened last: one that comes again with another content after it was closed opens another.
alter table quarantine add column case_id uuid;
-- How it ended: taken after all, dropped, or replaced by a later one of its sender.
alter table quarantine add column closed_because text;

-- What waits of one sender about one message.
create index quarantine_about on quarantine (source, about) where closed_at is null;
