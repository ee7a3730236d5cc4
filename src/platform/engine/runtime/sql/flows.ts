/** The first fingerprint under a version stays, by primary key `flow_version`; answers the one that stands. */
export const registerFlow = `
insert into flow_version (flow, version, fingerprint) values ($1, $2, $3)
on conflict (flow, version) do update set fingerprint = flow_version.fingerprint
returning fingerprint`;
