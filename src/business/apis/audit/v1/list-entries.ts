import type { Static } from 'typebox';
import { failed, ok, type Result } from '#model/kernel';
import type { AuditListQuery, AuditPlace, ListedEntry } from '#platform/audit';
import { type Failure, readRoute } from '#platform/gateway';
import { type AuditLine, AuditPage, AuditQuery } from './audit-schema.ts';
import type { AuditNeeds } from './needs.ts';
import { notOfSome } from './not-of-some.ts';
import { readPlace, writePlace } from './place.ts';

const usualPage = 50;

const line = ({ details, ...entry }: ListedEntry): AuditLine => ({ ...entry, details: { ...details } });

/** A kind is written with its colon. */
const narrowed = (target: string | undefined) =>
  target === undefined ? {} : target.endsWith(':') ? { kind: target.slice(0, -1) } : { target };

const wrong = (code: string, path: string, message: string): Failure => ({ in: 'query', code, path, message });

/** The schema looks at the form alone. */
const noMoments = (moments: Readonly<Record<string, string | undefined>>): readonly Failure[] =>
  Object.entries(moments)
    .filter(([, moment]) => moment !== undefined && Number.isNaN(Date.parse(moment)))
    .map(([name]) => wrong('no-such-moment', `/${name}`, 'There is no such day or hour: correct it.'));

function asked({ target, after, limit, ...same }: Static<typeof AuditQuery>): Result<AuditListQuery, Failure> {
  const moments = noMoments({ from: same.from, to: same.to });
  if (moments.length > 0) return failed(moments);
  const query = { ...same, ...narrowed(target), limit: limit === undefined ? usualPage : Number(limit) };
  if (after === undefined) return ok(query);
  const place: AuditPlace | undefined = readPlace(after);
  if (place !== undefined) return ok({ ...query, after: place });
  const message = 'This is not where a page ended: give `next` of the page before, with the same filters.';
  return failed([wrong('unknown-place', '/after', message)]);
}

export const listEntries = readRoute<AuditNeeds>()({
  name: 'listEntries',
  path: '/entries',
  summary: 'List what people and callers did, newest first, page by page',
  description: 'Give `next` of a page as `after` to have the one that follows; it is absent on the last.',
  access: { scope: 'audit:read' },
  query: AuditQuery,
  answers: { ok: AuditPage },
  problems: ['not-of-some-warehouses'],
  handle: async ({ query, sites }, { auditBook }) => {
    if (sites !== undefined) return notOfSome;
    const question = asked(query);
    if (!question.ok) {
      return { problem: 'invalid-request', detail: question.failures[0]?.message ?? '', errors: question.failures };
    }
    const { entries, next } = await auditBook.list(question.value);
    return {
      outcome: 'ok',
      body: { entries: entries.map(line), ...(next === undefined ? {} : { next: writePlace(next) }) },
    };
  },
});
