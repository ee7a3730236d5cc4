-- Why: timers are read in slices, in the order of time and then of the run. By an index on the time alone each slice walked over all
-- that are due in the same instant, which at a hundred thousand of them took longer than ringing them.
-- without-transaction: built beside the program that is at work
create index concurrently timer_in_order on timer (due_at, run_id);
