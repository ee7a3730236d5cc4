import type { FulfilmentOrder } from '#model/canonical';
import type { FulfilmentVerbs } from '#model/capabilities';
import { type Call, type Clock, Fault, foundDone, notDone } from '#model/kernel';
import type { Outbox, OutgoingDocument } from '../outbox.ts';
import type { WarehouseSettings } from '../settings.ts';
import type { OrderKind } from '../wire.ts';
import { identifyOrder, writeOrder } from './order-document.ts';

/** The fulfilment capability: each verb puts, or looks for, one 940. */
export function fulfilmentVerbs(settings: WarehouseSettings, outbox: Outbox, clock: Clock): FulfilmentVerbs {
  const document = (order: FulfilmentOrder, kind: OrderKind, call: Call): OutgoingDocument => {
    if (order.site !== settings.site) {
      const message = `${order.fulfilmentNumber} is for ${order.site}, this warehouse is ${settings.site}: correct the routing`;
      throw new Fault('permanent', { code: 'wrong-site', message });
    }
    return {
      key: call.key,
      type: '940',
      write: (control) => writeOrder(settings, order, kind, control, clock.now()),
      isIt: (content) => {
        const found = identifyOrder(content);
        return found?.kind === kind && found.fulfilmentNumber === order.fulfilmentNumber;
      },
    };
  };
  /** What the flow must know of a document that is theirs now. */
  const placed = (kind: OrderKind, reference: string) => ({
    reference,
    ...(kind === 'release' && settings.acknowledges ? { acknowledgeWithinMs: settings.acknowledgeWithinMs } : {}),
  });
  const send = (kind: OrderKind) => async (order: FulfilmentOrder, call: Call) =>
    placed(kind, await outbox.place(document(order, kind, call), call.signal));
  const find = (kind: OrderKind) => async (order: FulfilmentOrder, call: Call) => {
    const name = await outbox.find(document(order, kind, call), call.signal);
    return name === undefined ? notDone : foundDone(placed(kind, name));
  };
  return {
    release: send('release'),
    findRelease: find('release'),
    requestCancellation: send('cancellation'),
    findCancellation: find('cancellation'),
  };
}
