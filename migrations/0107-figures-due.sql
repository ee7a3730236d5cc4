-- Why: whenever anything is written of a business object, its figures are to be looked at again. The database notes it with what was
-- written, so that nothing is overlooked, whoever writes and whatever dies. Standings are written many at a time, apart from the engine's
-- own work; cases and acts are few.

create function figures_due_by_standing() returns trigger language plpgsql as $$
begin
  insert into crossdock.figure_due (course) select distinct coalesce(root_key, key) from written;
  return null;
end
$$;
create trigger standing_makes_figures_due after insert on standing
  referencing new table as written for each statement execute function figures_due_by_standing();
create trigger standing_change_makes_figures_due after update on standing
  referencing new table as written for each statement execute function figures_due_by_standing();

create function figures_due_by_case() returns trigger language plpgsql as $$
begin
  insert into crossdock.figure_due (course, run_id)
  values (case when new.run_id is null then 'case:' || new.id end, new.run_id);
  return null;
end
$$;
create trigger case_makes_figures_due after insert or update on case_record
  for each row execute function figures_due_by_case();

create function figures_due_by_act() returns trigger language plpgsql as $$
begin
  insert into crossdock.figure_due (course, run_id)
  select case when c.run_id is null then 'case:' || c.id end, c.run_id from crossdock.case_record c where c.id = new.case_id;
  return null;
end
$$;
create trigger act_makes_figures_due after insert or update on case_action
  for each row execute function figures_due_by_act();
