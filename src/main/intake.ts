import { acceptSubmission, type DoorCatalogue } from '#business/apis/orders/v1';
import { orderToCash } from '#business/flows';
import type { Channel } from '#model/canonical';
import { Fault, systemClock } from '#model/kernel';
import type { Engine } from '#platform/engine/runtime';
import type { NumberClaim } from './after-restore.ts';
import type { Admitted, Intake } from './feeds/message-door.ts';

export interface IntakeNeeds {
  readonly engine: Engine;
  readonly numbers: { next(claim?: NumberClaim): Promise<string> };
  readonly catalogue: DoorCatalogue;
  readonly quarantine: Intake['quarantine'];
  readonly taken: Intake['taken'];
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
  taken,
  knowsCustomers,
  channelOf,
}: IntakeNeeds): Intake {
  async function submit(instance: string, message: Admitted): ReturnType<Intake['submit']> {
    if (!knowsCustomers()) {
      const message = 'customers and items have not been read yet: the message is read again';
      throw new Fault('transient', { code: 'catalogue-not-read', message });
    }
    const accepted = acceptSubmission(message.data, {
      catalogue,
      orderNumber: await numbers.next({ scope: `feed:${instance}`, key: message.id }),
      channel: channelOf(instance),
      source: instance,
      now: systemClock.now(),
    });
    if (!accepted.ok) return accepted.failures;
    await engine.start({
      flow: orderToCash.name,
      key: accepted.value.orderNumber,
      input: accepted.value,
      source: instance,
      // The message's own id: the same one never makes a second order, whatever it says the second time.
      claim: { scope: `feed:${instance}`, key: message.id, fingerprint: message.id },
    });
    return [];
  }

  return { deliver: (messages) => engine.deliver(messages), submit, quarantine, taken };
}
