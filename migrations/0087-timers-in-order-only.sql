-- Why: what `timer_due` answered, `timer_in_order` answers too; each moved timer need not be written into both.
drop index timer_due;
