/** By primary key `node`. A node that comes back under its name begins a new life. */
export const beginLife = `
insert into node (name, epoch) values ($1, 1)
on conflict (name) do update set epoch = node.epoch + 1, beat = 0, started_at = now()
returning epoch::int as epoch`;

/** By primary key `node`; finds nothing when a later life has begun. */
export const beat = `update node set beat = beat + 1 where name = $1 and epoch = $2`;

/** Every node: a handful. */
export const readNodes = `select name, epoch::int as epoch, beat::text as beat from node`;
