-- Why: rows that one transaction put into the inbox have one `put_at`, so their order was lost when the hand-off after the commit was
-- lost with its node. They are numbered in the order of sending. Column, then default: nothing is rewritten and the locks are momentary;
-- a previous version of the program, which does not name the column, is numbered by the default.
create sequence inbox_seq;
alter table inbox add column seq bigint;
alter table inbox alter column seq set default nextval('inbox_seq');
alter sequence inbox_seq owned by inbox.seq;
