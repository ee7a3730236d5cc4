import { acceptSubmission, type DoorCatalogue } from '#business/apis/orders/v1';
import { orderToCash } from '#business/flows';
import type { InboundMessage } from '#connectivity/kit';
import type { Channel } from '#model/canonical';
import { Fault, systemClock } from '#model/kernel';
import type { Engine } from '#platform/engine/runtime';
import type { Intake } from './feeds/accept-reading.ts';

export interface IntakeNeeds {
  readonly engine: Engine;
  readonly numbers: { next(): Promise<string> };
  readonly catalogue: DoorCatalogue;
  readonly quarantine: Intake['quarantine'];
  /** Master data has been read at least once. Before that every customer would look unknown. */
  readonly knowsCustomers: () => boolean;
  /** Over which channel an instance sends orders. */
  readonly channelOf: (instance: string) => Channel;
}

/** Takes in what feeds bring: submissions pass the same door as an API call. */
export function createIntake({
  engine,
  numbers,
  catalogue,
  quarantine,
  knowsCustomers,
  channelOf,
}: IntakeNeeds): Intake {
  async function submit(instance: string, message: InboundMessage): Promise<void> {
    if (!knowsCustomers()) {
      const message = 'customers and items have not been read yet: the message is read again';
      throw new Fault('transient', { code: 'catalogue-not-read', message });
    }
    const accepted = acceptSubmission(message.data, {
      catalogue,
      orderNumber: await numbers.next(),
      channel: channelOf(instance),
      source: instance,
      now: systemClock.now(),
    });
    if (!accepted.ok) {
      await quarantine(instance, { id: message.id, failures: accepted.failures, original: message.original });
      return;
    }
    await engine.start({
      flow: orderToCash.name,
      key: accepted.value.orderNumber,
      input: accepted.value,
      source: instance,
      // The message's own id: the same one never makes a second order, whatever it says the second time.
      claim: { scope: `feed:${instance}`, key: message.id, fingerprint: message.id },
    });
  }

  return { deliver: (messages) => engine.deliver(messages), submit, quarantine };
}
