import { type ResolveSecret, readSettings } from '#connectivity/kit';
import { failed, ok, type Result } from '#model/kernel';
import type { AlertChannel, AlertRule, QuietHours } from '#platform/alerts';
import { type AlertPlan, isNetwork } from '#platform/alerts/runtime';
import { type AlertSettings, channelSettings, ruleSettings } from './alerts-settings.ts';

const nothing: AlertSettings = { channels: {}, rules: [] };

const noCalendar = (path: string, quiet: QuietHours | undefined, calendars: readonly string[]): readonly string[] =>
  quiet === undefined || calendars.includes(quiet.outside)
    ? []
    : [`${path}/quietHours/outside: there is no calendar named ${quiet.outside}; add it to /calendars`];

function readChannels(
  settings: AlertSettings,
  resolve: ResolveSecret,
  failures: string[],
): Record<string, AlertChannel> {
  const channels: Record<string, AlertChannel> = {};
  for (const [name, raw] of Object.entries(settings.channels)) {
    const read = readSettings(channelSettings, raw, resolve);
    if (read.ok) channels[name] = read.value;
    else failures.push(...read.failures.map(({ path, message }) => `/alerts/channels/${name}${path}: ${message}`));
  }
  return channels;
}

function readRules(settings: AlertSettings, failures: string[]): AlertRule[] {
  return settings.rules.flatMap((raw, index) => {
    const read = readSettings(ruleSettings, raw, () => '');
    if (read.ok) return [read.value];
    failures.push(...read.failures.map(({ path, message }) => `/alerts/rules/${index}${path}: ${message}`));
    return [];
  });
}

/** The alerts of a configuration with their secrets, or everything that is wrong with them, each with its place. */
export function readAlerts(
  settings: AlertSettings = nothing,
  calendars: readonly string[],
  resolve: ResolveSecret,
): Result<AlertPlan, string> {
  const failures: string[] = [];
  const channels = readChannels(settings, resolve, failures);
  const rules = readRules(settings, failures);
  for (const [name, { quietHours }] of Object.entries(channels)) {
    failures.push(...noCalendar(`/alerts/channels/${name}`, quietHours, calendars));
  }
  const known = Object.keys(settings.channels);
  rules.forEach(({ name, to, quietHours }, index) => {
    const path = `/alerts/rules/${index}`;
    if (rules.findIndex((rule) => rule.name === name) !== index) {
      failures.push(`${path}/name: there is another rule named ${name}; give it a name of its own`);
    }
    for (const channel of to.filter((wanted) => !known.includes(wanted))) {
      failures.push(`${path}/to: there is no channel named ${channel}; there are ${known.join(', ') || 'none'}`);
    }
    failures.push(...noCalendar(path, quietHours, calendars));
  });
  (settings.outgoing?.networks ?? []).forEach((network, index) => {
    if (!isNetwork(network)) {
      failures.push(`/alerts/outgoing/networks/${index}: ${network} is no network; write it as 10.20.0.0/16`);
    }
  });
  return failures.length > 0 ? failed(failures) : ok({ channels, rules, outgoing: settings.outgoing ?? {} });
}
