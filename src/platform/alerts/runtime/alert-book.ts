import { randomUUID } from 'node:crypto';
import type { Instant } from '#model/kernel';
import { millisecondsBetween, plusMilliseconds } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Finding } from '../condition.ts';
import type { AlertChannel, AlertMessage, AlertOccasion, AlertPost, AlertRule } from '../rule.ts';
import { closeAlert, closeForgotten, openAlert, openAlerts, repeatAlert, seeAlert } from './sql/alerts.ts';

/** When somebody may be disturbed. */
export interface OpenHours {
  isOpen(at: Instant): boolean;
  opensNext(at: Instant): Instant;
}

export interface AlertBookNeeds {
  readonly database: Database;
  readonly channels: Readonly<Record<string, AlertChannel>>;
  readonly calendars: Readonly<Record<string, OpenHours>>;
}

/** Opens, repeats and closes alerts, and puts what is to be told of them into the outbox with the same statement. */
export interface AlertBook {
  /** What a rule found now. What it finds no more for `calmMs` is over. */
  record(rule: AlertRule, findings: readonly Finding[], at: Instant): Promise<void>;
  /** Ends what rules left behind that are no more. */
  forgetOthers(rules: readonly AlertRule[], at: Instant): Promise<void>;
}

interface OpenAlert {
  readonly id: string;
  readonly subject: string;
  readonly headline: string;
  readonly finding: Finding;
  readonly opened_at: Instant;
  readonly last_seen_at: Instant;
  readonly last_told_at: Instant;
  readonly repeats: number;
}

const minute = 60_000;
const severityOf = (rule: AlertRule): AlertMessage['severity'] => rule.severity ?? 'warning';

export function createAlertBook(
  { database, channels, calendars }: AlertBookNeeds,
  options: { readonly calmMs: number },
): AlertBook {
  const { pool } = database;

  function heldUntil(rule: AlertRule, channel: AlertChannel | undefined, at: Instant): Instant | null {
    const quiet = rule.quietHours ?? channel?.quietHours;
    const calendar = quiet === undefined ? undefined : calendars[quiet.outside];
    if (severityOf(rule) === 'urgent' || calendar === undefined || calendar.isOpen(at)) return null;
    return calendar.opensNext(at);
  }

  /** The outbox's rows as JSON. Their ids say what they tell, so that the same is never there twice. */
  function messages(
    rule: AlertRule,
    alert: { readonly id: string; readonly openedAt: Instant },
    occasion: AlertOccasion,
    finding: Finding,
    at: Instant,
    number = 0,
  ): string {
    const { subject, headline, count, worth = [], examples = [] } = finding;
    const message: AlertMessage = {
      occasion,
      alert: alert.id,
      rule: rule.name,
      subject,
      severity: severityOf(rule),
      headline,
      count,
      worth,
      examples,
      openedAt: alert.openedAt,
      at,
    };
    const post: AlertPost = { kind: 'alert', message };
    const what = occasion === 'repeated' ? `${occasion}-${number}` : occasion;
    const rows = rule.to.map((channel) => ({
      id: `alert_${alert.id}_${what}_${channel}`,
      channel,
      urgent: severityOf(rule) === 'urgent',
      message: post,
      created_at: at,
      held_until: heldUntil(rule, channels[channel], at),
    }));
    return JSON.stringify(rows);
  }

  async function open(rule: AlertRule, finding: Finding, at: Instant): Promise<void> {
    const id = randomUUID();
    const rows = messages(rule, { id, openedAt: at }, 'opened', finding, at);
    const { subject, headline } = finding;
    await pool.query(openAlert, [
      id,
      rows,
      rule.name,
      subject,
      severityOf(rule),
      headline,
      JSON.stringify(finding),
      at,
    ]);
  }

  async function goOn(rule: AlertRule, alert: OpenAlert, finding: Finding, at: Instant): Promise<void> {
    await pool.query(seeAlert, [alert.id, at, finding.headline, JSON.stringify(finding), severityOf(rule)]);
    const { repeatAfterMinutes } = rule;
    if (repeatAfterMinutes === undefined) return;
    if (millisecondsBetween(alert.last_told_at, at) < repeatAfterMinutes * minute) return;
    const named = { id: alert.id, openedAt: alert.opened_at };
    const rows = messages(rule, named, 'repeated', finding, at, alert.repeats + 1);
    await pool.query(repeatAlert, [alert.id, rows, alert.repeats, at]);
  }

  async function end(rule: AlertRule, alert: OpenAlert, at: Instant): Promise<void> {
    const rows = messages(rule, { id: alert.id, openedAt: alert.opened_at }, 'over', alert.finding, at);
    await pool.query(closeAlert, [alert.id, rows, at]);
  }

  return {
    record: async (rule, findings, at) => {
      const { rows } = await pool.query<OpenAlert>(openAlerts, [rule.name]);
      const bySubject = new Map(rows.map((alert) => [alert.subject, alert]));
      for (const finding of findings) {
        const alert = bySubject.get(finding.subject);
        bySubject.delete(finding.subject);
        if (alert === undefined) await open(rule, finding, at);
        else await goOn(rule, alert, finding, at);
      }
      for (const alert of bySubject.values()) {
        if (plusMilliseconds(alert.last_seen_at, options.calmMs) <= at) await end(rule, alert, at);
      }
    },
    forgetOthers: async (rules, at) => {
      await pool.query(closeForgotten, [rules.map(({ name }) => name), at]);
    },
  };
}
