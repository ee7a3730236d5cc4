import { caseColumns, caseSources } from './case-lists.ts';

/** By primary key. */
export const selectAction = `select case_id, action, verdict, because from case_action where id = $1`;

/** By `action_of_case`. What was edited is told by its difference. */
export const actionsOfCase = `
select id, action, at, by, details - 'request' as details, bulk_id, verdict, because from case_action where case_id = $1 order by at, id limit 500`;

/** By `note_of_case`. */
export const notesOfCase = `select at, by, text from case_note where case_id = $1 order by id limit 500`;

/**
 * Takes a case for one act, by primary key: only while it is as whoever acts saw it. $1 case, $2 version, $3 now, $4 whether the
 * owner changes, $5 owner, $6 levels up, $7 also when closed, $8 whether it decides something: a bulk leaves alone what was decided since it began
 */
export const claimCase = `
update case_record
set revision = revision + 1, acted_at = case when $8::boolean then $3 else acted_at end,
  owner = case when $4::boolean then $5 else owner end, level = level + $6::int
where id = $1 and revision = $2 and (closed_at is null or $7::boolean)
returning id`;

/**
 * Takes cases for a bulk, by primary key: those that are open and about which nobody decided since it began. What somebody else is
 * writing at this moment is left to them, so that the bulk waits for nobody. $1 cases, $2 when it began, $3 now, $4 whether the
 * owner changes, $5 owner, $6 whether it decides something
 */
export const claimCases = `
with free as materialized (
  select id from case_record
  where id = any($1::uuid[]) and closed_at is null and (acted_at is null or acted_at < $2)
  for no key update skip locked
)
update case_record c
set revision = revision + 1, acted_at = case when $6::boolean then $3 else acted_at end,
  owner = case when $4::boolean then $5 else owner end
from free where c.id = free.id
returning c.id`;

/** $1 ids, $2 cases, $3 action, $4 now, $5 who, $6 details, $7 bulk */
export const insertActions = `
insert into case_action (id, case_id, action, at, by, details, bulk_id)
select a.id, a.case_id, $3, $4, $5, $6::jsonb, $7::uuid from unnest($1::text[], $2::uuid[]) as a (id, case_id)
on conflict (id) do nothing
returning id`;

/** $1 cases, $2 now, $3 who, $4 text */
export const insertNotes = `insert into case_note (case_id, at, by, text) select id, $2, $3, $4 from unnest($1::uuid[]) as c (id)`;

/** Once each, by primary key. $1 ids, $2 verdicts, $3 reasons */
export const recordVerdicts = `
update case_action a set verdict = v.verdict, because = v.because
from unnest($1::text[], $2::text[], $3::text[]) as v (id, verdict, because)
where a.id = v.id and a.id = any($1::text[]) and a.verdict is null
returning a.id, a.verdict`;

/** Single acts without a verdict, the oldest first, by `action_left`. $1 taken before, $2 limit */
export const actsLeft = `
select a.id as intent, a.action as act_name, a.by as act_by, a.details as act_details,
  ${caseColumns} ${caseSources.replace('from case_record c', 'from case_action a join case_record c on c.id = a.case_id')}
where a.bulk_id is null and a.verdict is null and a.at < $1 order by a.at limit $2`;

/** A case that stands for nothing that could close it; by primary key. */
export const closeLooseCase = `
update case_record set closed_at = $2, closed_because = $3 where id = $1 and closed_at is null returning id`;
