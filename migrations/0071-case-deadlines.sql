-- Why: a case has a deadline of its own, and one that passes it is escalated. The sweep looks only at open cases that are due.
alter table case_record add column if not exists deadline_at timestamptz;
create index case_deadline on case_record (deadline_at) where closed_at is null;
