/** Takes the next `$3` numbers of a series that begins at `$2`; answers the first of them. One row, locked for this statement only. */
export const takeNumbers = `
insert into number_series as series (name, next) values ($1, $2::bigint + $3)
on conflict (name) do update set next = series.next + $3
returning next - $3 as first`;
