import type { AuditPlace } from '#platform/audit';

/** Where a page ended, as one opaque text that fits into an address. */
export const writePlace = ({ at, target, seq }: AuditPlace): string =>
  btoa(encodeURIComponent(JSON.stringify([at, seq, target])))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What was written; undefined for anything else. */
export function readPlace(text: string): AuditPlace | undefined {
  try {
    const parts: unknown = JSON.parse(decodeURIComponent(atob(text.replaceAll('-', '+').replaceAll('_', '/'))));
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [at, seq, target]: readonly unknown[] = parts;
    const isMoment = typeof at === 'string' && moment.test(at) && !Number.isNaN(Date.parse(at));
    const isTarget = typeof target === 'string' && target.isWellFormed() && !target.includes('\0');
    if (!isMoment || !isTarget || !Number.isSafeInteger(seq)) return undefined;
    return { at, target, seq: Number(seq) };
  } catch {
    return undefined;
  }
}
