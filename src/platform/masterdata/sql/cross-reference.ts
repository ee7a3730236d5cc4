/**
 * From a time on an id of theirs means a number of ours, or nothing.
 *
 * $1 object type, $2 instance, $3 their id, $4 from, $5 our number or null
 */
export const put = `
insert into cross_reference (object_type, instance, their_id, valid_from, our_number)
values ($1, $2, $3, $4::timestamptz, $5)
on conflict (object_type, instance, their_id, valid_from) do update set our_number = excluded.our_number`;

/**
 * An end that is known from the start; a later meaning that begins at that very time stays.
 *
 * $1 object type, $2 instance, $3 their id, $4 end
 */
export const end = `
insert into cross_reference (object_type, instance, their_id, valid_from, our_number)
values ($1, $2, $3, $4::timestamptz, null)
on conflict (object_type, instance, their_id, valid_from) do nothing`;

/**
 * What an id of theirs meant at a time: the youngest row not after it (primary key).
 *
 * $1 object type, $2 instance, $3 their id, $4 as of
 */
export const resolve = `
select our_number from cross_reference
where object_type = $1 and instance = $2 and their_id = $3 and valid_from <= $4::timestamptz
order by valid_from desc limit 1`;

/**
 * Their ids that meant a number of ours at a time, oldest first (index cross_reference_ours).
 *
 * $1 object type, $2 our number, $3 instance, $4 as of
 */
export const lookup = `
select their_id from cross_reference as meaning
where object_type = $1 and our_number = $2 and instance = $3 and valid_from <= $4::timestamptz
  and not exists (
    select from cross_reference as later
    where later.object_type = meaning.object_type and later.instance = meaning.instance
      and later.their_id = meaning.their_id
      and later.valid_from > meaning.valid_from and later.valid_from <= $4::timestamptz)
order by valid_from, their_id`;
