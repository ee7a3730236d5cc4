import type { Finding } from '#connectivity/protocols/x12';
import { Fault } from '#model/kernel';

/** A document of ours that X12 has no room for: it will not fit next time either, so nothing was sent. */
export function doesNotFit(document: string, complaints: readonly string[], cause?: unknown): Fault {
  const message = `the ${document} cannot be written: ${complaints.slice(0, 5).join('; ')}`;
  return new Fault('permanent', { code: 'does-not-fit-x12', message }, cause);
}

/** What an unreadable message says about a finding of the reader. */
export const failureOf = (finding: Finding) => ({
  code: finding.code,
  path: [finding.segment, finding.position, finding.element].filter((part) => part !== undefined).join('/'),
  message: finding.message,
});
