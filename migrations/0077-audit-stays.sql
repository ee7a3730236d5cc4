-- Why: entries of the audit are only ever added, whatever a program of ours would try.

create trigger audit_entry_stays before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
