/** The first to come writes; everyone reads what the first wrote. By primary key. */
export const claimRequest = `
with mine as (
  insert into request_claim (scope, key, fingerprint) values ($1, $2, $3)
  on conflict (scope, key) do nothing returning fingerprint
)
select fingerprint, true as first from mine
union all
select fingerprint, false as first from request_claim where scope = $1 and key = $2 and not exists (select from mine)`;
