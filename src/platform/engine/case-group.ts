import type { FaultRecord } from '#model/kernel';
import { fingerprint } from './fingerprint.ts';

/** Numbers, quoted texts and long ids are what differs between two objects that failed for one reason. */
const withoutParticulars = (message: string): string =>
  message
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '#')
    .replaceAll(/"[^"]*"|'[^']*'|“[^”]*”|«[^»]*»/g, '#')
    .replaceAll(/[\p{L}\p{N}_-]*\p{N}[\p{L}\p{N}_.,:-]*/gu, '#');

/** What many cases of one cause have in common, e.g. `order-to-cash.failed-book-in-erp.erp-main.1x8f3k`. */
export function caseGroup(
  flow: string,
  cause: string,
  particular: { readonly group?: string; readonly instance?: string; readonly fault?: FaultRecord },
): string {
  const { group, instance, fault } = particular;
  if (group !== undefined) return `${flow}.${cause}.${group}`;
  if (fault === undefined) return `${flow}.${cause}`;
  const what = `${fault.kind}/${fault.code}/${withoutParticulars(fault.message)}`;
  return [flow, cause, ...(instance === undefined ? [] : [instance]), fingerprint(what)].join('.');
}
