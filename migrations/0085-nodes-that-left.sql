-- Why: a node that was stopped in order need not be waited for like a dead one: the others learn of it at their next look and
-- see to what it left (timers above all) at once. The life that ended is named, so a later life of the name is not taken for it.

alter table node add column ended_epoch bigint;
