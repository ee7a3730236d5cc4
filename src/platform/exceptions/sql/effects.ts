/** By primary key; a settled effect has no row. */
export const selectStandings = `
select key, owner is not null as owned, doubt_since is not null as doubted from effect where key = any($1::text[])`;
