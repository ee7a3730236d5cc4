import { Compile } from 'typebox/compile';
import type { InboundMessage } from '#connectivity/kit';
import { setText, type TransactionSet } from '#connectivity/protocols/x12';
import { failed, type Instant, isZero, ok, type Result } from '#model/kernel';
import { FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import { type Failure, readShippingAdvice, type ShippingAdvice } from './shipping-advice.ts';
import { digestOf, originalOf } from './translated.ts';

/** When and where a set came from. */
export interface Sighting {
  readonly site: string;
  /** The interchange's own time, or the file's. */
  readonly reportedAt: Instant;
}

const dayOf = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;

/** A 945 says the day. On the day of the report, the report's time is the latest at which the goods left. */
const shippedAt = (shippedOn: string, reportedAt: Instant): Instant =>
  reportedAt.startsWith(dayOf(shippedOn)) ? reportedAt : `${dayOf(shippedOn)}T00:00:00.000Z`;

interface Told {
  readonly type: string;
  readonly data: object;
}

function tell(advice: ShippingAdvice, { site, reportedAt }: Sighting): Told | Failure {
  const { fulfilmentNumber, shipmentNumber, carrier, trackingNumber, note, lines } = advice;
  const more = lines.some((line) => line.more);
  if (lines.every((line) => isZero(line.shipped))) {
    if (more) return { code: 'nothing-shipped', path: 'W12', message: 'nothing left, yet more is said to follow' };
    const reason = note?.slice(0, 300);
    return { type: FulfilmentCancelled.name, data: { fulfilmentNumber, ...(reason === undefined ? {} : { reason }) } };
  }
  const shipment = {
    ...{ shipmentNumber, fulfilmentNumber, site },
    shippedAt: shippedAt(advice.shippedOn, reportedAt),
    ...(carrier === undefined ? {} : { carrier }),
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
    lines: lines.map(({ more: _, ...line }) => line),
  };
  return { type: ShipmentConfirmed.name, data: { shipment, final: !more, inferred: ['picked', 'packed'] } };
}

const schemas = [ShipmentConfirmed, FulfilmentCancelled].flatMap(({ name, schema }) =>
  schema === undefined ? [] : [[name, Compile(schema)] as const],
);
const validators = new Map(schemas);

function misfits({ type, data }: Told): readonly Failure[] {
  const validator = validators.get(type);
  if (validator === undefined || validator.Check(data)) return [];
  return validator.Errors(data).map(({ instancePath, message }) => ({
    code: 'does-not-fit',
    path: instancePath,
    message: `${instancePath} ${message}`,
  }));
}

/**
 * Translates a 945. The message's id is its business: the same report in another file, under other control numbers or on another
 * day, is the same message; a correction under the same shipment number is another one.
 */
export function adviceMessage(set: TransactionSet, sighting: Sighting): Result<InboundMessage, Failure> {
  const read = readShippingAdvice(set);
  if (!read.ok) return read;
  const advice = read.value;
  const told = tell(advice, sighting);
  if ('code' in told) return failed([told]);
  const failures = misfits(told);
  if (failures.length > 0) return failed(failures);
  return ok({
    id: `945:${advice.fulfilmentNumber}:${advice.shipmentNumber}:${digestOf(JSON.stringify(advice))}`,
    type: told.type,
    key: advice.fulfilmentNumber,
    data: told.data,
    occurredAt: sighting.reportedAt,
    original: originalOf(setText(set.segments)),
  });
}
