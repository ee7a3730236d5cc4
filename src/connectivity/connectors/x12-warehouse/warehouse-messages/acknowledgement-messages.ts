import type { InboundMessage } from '#connectivity/kit';
import { readAcknowledgement, setText, type TransactionSet } from '#connectivity/protocols/x12';
import { failed, type Instant, ok, type Result } from '#model/kernel';
import { FulfilmentAcknowledged } from '#model/messages';
import { failureOf } from '../faults.ts';
import type { OrderIdentity } from '../fulfilment/order-document.ts';
import { functionalIdentifier } from '../wire.ts';
import type { Failure } from './shipping-advice.ts';
import { digestOf, originalOf } from './translated.ts';

/** What the control number of a 940 of ours stood for. */
export type OrderLookup = (groupControl: string) => Promise<OrderIdentity | undefined>;

const reasonsOf = (reasons: readonly string[]): readonly string[] =>
  reasons.slice(0, 50).map((reason) => reason.slice(0, 300));

/**
 * Translates a 997 about one of our 940. It names nothing but our control numbers, so they are looked up. Answers undefined for a 997
 * about anything else: that is nobody's news.
 */
export async function acknowledgementMessage(
  set: TransactionSet,
  reportedAt: Instant,
  orderOf: OrderLookup,
): Promise<Result<InboundMessage | undefined, Failure>> {
  const read = readAcknowledgement(set);
  if (!read.ok) return failed(read.failures.map(failureOf));
  const { functionalIdentifier: about, groupControl, accepted, reasons, sets } = read.value;
  if (about !== functionalIdentifier['940']) return ok(undefined);
  const control = groupControl.replace(/^0+(?=\d)/, '');
  const order = await orderOf(control);
  if (order === undefined) {
    const message = `AK1 names group ${groupControl}, and no 940 of ours with that control number is in the folders`;
    return failed([{ code: 'unknown-document', path: 'AK1/2/2', message }]);
  }
  // Each of our groups holds one set; a verdict on the set is the more exact one.
  const verdict = sets[0] ?? { accepted, reasons };
  const { kind, fulfilmentNumber } = order;
  const data = {
    fulfilmentNumber,
    document: kind,
    accepted: verdict.accepted,
    reasons: verdict.accepted ? [] : reasonsOf([...verdict.reasons, ...reasons]),
  };
  return ok({
    id: `997:${control}:${fulfilmentNumber}:${kind}:${digestOf(JSON.stringify(data))}`,
    type: FulfilmentAcknowledged.name,
    key: fulfilmentNumber,
    data,
    occurredAt: reportedAt,
    original: originalOf(setText(set.segments)),
  });
}
