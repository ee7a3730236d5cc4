import { Compile } from 'typebox/compile';
import type { InboundRoute } from '#business/reactions';
import type { InboundMessage, Reading, UnreadableMessage } from '#connectivity/kit';
import { OrderSubmitted } from '#model/messages';
import type { AddressedMessage } from '#platform/engine/runtime';

/** What is done with what a feed brings. */
export interface Intake {
  /** Messages for runs: resolves when they are durable. */
  readonly deliver: (messages: readonly AddressedMessage[]) => Promise<void>;
  /** A submission, as good as its sender made it: it becomes an order, or is quarantined with all that is wrong. */
  readonly submit: (instance: string, message: InboundMessage) => Promise<void>;
  readonly quarantine: (instance: string, message: UnreadableMessage) => Promise<void>;
}

/** Sorts a reading: messages to their runs, submissions to the door, what is wrong to the quarantine. */
export function acceptReadings(routes: readonly InboundRoute[], intake: Intake) {
  const known = new Map(
    routes.map(({ event, flow }) => [
      event.name,
      { flow, check: event.schema === undefined ? undefined : Compile(event.schema) },
    ]),
  );

  const misfit = (message: InboundMessage, code: string, path: string, text: string): UnreadableMessage => ({
    id: message.id,
    failures: [{ code, path, message: text }],
    original: message.original,
  });

  function address(instance: string, message: InboundMessage): AddressedMessage | UnreadableMessage {
    const route = known.get(message.type);
    if (route === undefined) return misfit(message, 'unknown-type', '/type', `nobody here expects ${message.type}`);
    if (message.key === undefined)
      return misfit(message, 'no-key', '/key', `${message.type} does not say which run it is for`);
    const [failure] =
      route.check === undefined || route.check.Check(message.data) ? [] : route.check.Errors(message.data);
    if (failure) return misfit(message, 'wrong-shape', failure.instancePath, failure.message);
    const { id, type, data, key, original } = message;
    return { flow: route.flow, key, id, source: instance, type, data, original };
  }

  return async (instance: string, reading: Reading): Promise<void> => {
    const submissions = reading.messages.filter((message) => message.type === OrderSubmitted.name);
    const others = reading.messages
      .filter((message) => message.type !== OrderSubmitted.name)
      .map((message) => address(instance, message));
    const addressed = others.filter((message) => 'flow' in message);
    const wrong = [...reading.unreadable, ...others.filter((message) => 'failures' in message)];
    if (addressed.length > 0) await intake.deliver(addressed);
    await Promise.all(submissions.map((message) => intake.submit(instance, message)));
    for (const message of wrong) await intake.quarantine(instance, message);
  };
}
