/** By primary key `node`. A node that comes back under its name begins a new life, and says which versions of flows it knows. */
export const beginLife = `
insert into node as n (name, epoch, knows) values ($1, 1, jsonb_build_object('epoch', 1, 'versions', $2::jsonb))
on conflict (name) do update
set epoch = n.epoch + 1, beat = 0, started_at = now(), knows = jsonb_build_object('epoch', n.epoch + 1, 'versions', $2::jsonb)
returning epoch::int as epoch`;

/** By primary key `node`; finds nothing when a later life has begun. */
export const beat = `update node set beat = beat + 1 where name = $1 and epoch = $2`;

/** Every node: a handful. What an earlier life of it knew says nothing. */
export const readNodes = `
select name, epoch::int as epoch, beat::text as beat,
       case when (knows ->> 'epoch')::bigint = epoch then knows -> 'versions' end as versions,
       ended_epoch is not distinct from epoch as ended
from node`;

/** By primary key `node`: this life has ended in order. */
export const endLife = `update node set ended_epoch = epoch where name = $1 and epoch = $2`;
