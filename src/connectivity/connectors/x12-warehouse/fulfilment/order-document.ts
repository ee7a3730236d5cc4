import { checkSet, readInterchanges, writeInterchange } from '#connectivity/protocols/x12';
import type { FulfilmentOrder } from '#model/canonical';
import type { Instant } from '#model/kernel';
import { doesNotFit } from '../faults.ts';
import type { WarehouseSettings } from '../settings.ts';
import { functionalIdentifier, type OrderKind, orderStatus, rules940, version } from '../wire.ts';
import { orderSegments } from './order-segments.ts';

/** What one of our 940 is about. */
export interface OrderIdentity {
  readonly kind: OrderKind;
  readonly fulfilmentNumber: string;
}

/** The wire's envelope from us to them. */
export const envelope = ({ us, them, usage }: WarehouseSettings, control: string, at: Instant) => ({
  senderQualifier: us.qualifier,
  sender: us.interchangeId,
  receiverQualifier: them.qualifier,
  receiver: them.interchangeId,
  control,
  usage,
  at,
});

/** Writes a 940 and reads it again by its rules, so that what leaves is well-formed. Throws a permanent `Fault` naming what does not fit. */
export function writeOrder(
  settings: WarehouseSettings,
  order: FulfilmentOrder,
  kind: OrderKind,
  control: string,
  at: Instant,
): string {
  const { us, them } = settings;
  const set = { identifier: '940', control: '0001', body: orderSegments(order, kind) };
  const sides = { sender: us.groupId, receiver: them.groupId, control, version };
  const group = { functionalIdentifier: functionalIdentifier['940'], ...sides, sets: [set] };
  let text: string;
  try {
    text = writeInterchange({ ...envelope(settings, control, at), groups: [group] });
  } catch (thrown) {
    throw doesNotFit('940', [thrown instanceof Error ? thrown.message : String(thrown)], thrown);
  }
  const [written] = readInterchanges(text).interchanges.flatMap(({ groups }) => groups.flatMap(({ sets }) => sets));
  const complaints = written === undefined ? [] : [...written.findings, ...checkSet(written, rules940)];
  if (complaints.length > 0) {
    throw doesNotFit(
      '940',
      complaints.map(({ message }) => message),
    );
  }
  return text;
}

/** What a file that we once wrote is about; undefined when it is no 940 of ours. */
export function identifyOrder(content: Uint8Array): OrderIdentity | undefined {
  const [set] = readInterchanges(content).interchanges.flatMap(({ groups }) => groups.flatMap(({ sets }) => sets));
  const [, status, fulfilmentNumber] = set?.segments.find(([name]) => name === 'W05') ?? [];
  if (fulfilmentNumber === undefined) return undefined;
  if (status === orderStatus.release) return { kind: 'release', fulfilmentNumber };
  return status === orderStatus.cancellation ? { kind: 'cancellation', fulfilmentNumber } : undefined;
}
