import type { Shipment } from '#model/canonical';
import { isPositive } from '#model/kernel';
import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';

interface Said {
  readonly shipment?: Shipment;
  readonly final?: boolean;
  readonly document?: string;
  readonly accepted?: boolean;
  readonly reasons?: readonly string[];
  readonly reason?: string;
}

/** More lines than this are counted and not named. */
const mostNamed = 5;

function goods({ lines }: Shipment): string {
  const left = lines.filter(({ shipped }) => isPositive(shipped));
  const short = lines.filter((line) => isPositive(line.short));
  const named = left.map(({ shipped, unit, item }) => `${shipped} ${unit} ${item}`);
  const missing = short.map((line) => `${line.short} ${line.unit} ${line.item}`);
  const told = (all: readonly string[]): string => (all.length > mostNamed ? `${all.length} lines` : all.join(', '));
  return `${told(named) || 'nothing'}${missing.length === 0 ? '' : `; short of ${told(missing)}`}`;
}

/** What a warehouse said, as one would tell it; undefined for anything else. */
export function warehouseSentence(source: string, type: string, data: unknown): string | undefined {
  const { shipment, final, document, accepted, reasons = [], reason } = (data ?? {}) as Said;
  if (type === ShipmentConfirmed.name && shipment !== undefined) {
    const tracking = shipment.trackingNumber === undefined ? '' : `, tracking ${shipment.trackingNumber}`;
    const rest = final === true ? 'Nothing more follows.' : 'More follows.';
    return `${source} confirmed shipment ${shipment.shipmentNumber}: ${goods(shipment)}${tracking}. ${rest}`;
  }
  if (type === FulfilmentAcknowledged.name && document !== undefined) {
    if (accepted === true) return `${source} acknowledged the ${document}.`;
    return `${source} could not read the ${document}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}.`;
  }
  if (type === FulfilmentCancelled.name) {
    return `${source} will not ship it${reason === undefined ? '' : `: ${reason}`}.`;
  }
  return undefined;
}
