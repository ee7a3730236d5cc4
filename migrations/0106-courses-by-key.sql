-- Why: figures look at everything of one business object together: its run, the parts of it, and what runs beside it under the same key.
-- without-transaction: built beside the program that is at work
create index concurrently standing_of_course on standing ((coalesce(root_key, key)));
