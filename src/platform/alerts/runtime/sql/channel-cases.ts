/** One open case for each channel: by index `case_of_run`. */
export const openChannelCase = `
insert into case_record (id, flow, key, cause, summary, opened_at, group_key)
select gen_random_uuid(), 'alerts', $1::text, 'alert-channel-broken', $2, now(), 'alerts.alert-channel-broken'
where not exists (
  select from case_record where flow = 'alerts' and key = $1::text and cause = 'alert-channel-broken' and closed_at is null)`;

/** By index `case_of_run`. */
export const closeChannelCase = `
update case_record set closed_at = now(), closed_because = 'the channel takes messages again'
where flow = 'alerts' and key = $1::text and cause = 'alert-channel-broken' and closed_at is null`;
