import type { InboundRoute } from '#business/reactions';
import type { InboundMessage, Reading } from '#connectivity/kit';
import { OrderSubmitted } from '#model/messages';
import type { AddressedMessage } from '#platform/engine/runtime';
import type { RefusedMessage } from '#platform/exceptions';
import { compileSchema } from '#platform/gateway';

/** A message at the door: from a feed, or from the quarantine once more. */
export type Admitted = Pick<InboundMessage, 'id' | 'type' | 'key' | 'data' | 'original' | 'traceparent'>;

type Failures = RefusedMessage['failures'];

/** What is done with what a feed brings. */
export interface Intake {
  /** Messages for runs: resolves when they are durable. */
  readonly deliver: (messages: readonly AddressedMessage[]) => Promise<void>;
  /** A submission, as good as its sender made it: answers everything that is wrong, or nothing when it is durable. */
  readonly submit: (instance: string, message: Admitted) => Promise<Failures>;
  readonly quarantine: (message: RefusedMessage) => Promise<void>;
  /** These were taken: what was refused of them before no longer waits. */
  readonly taken: (instance: string, ids: readonly string[]) => Promise<void>;
}

/** The door for messages from outside. */
export interface MessageDoor {
  /** Takes a reading in: messages to their runs, submissions to the door of orders, what is wrong to the quarantine. */
  accept(instance: string, reading: Reading): Promise<void>;
  /** Tries one message again: answers everything that is wrong, or nothing when it is durably taken. */
  admit(instance: string, message: Admitted): Promise<Failures>;
  /** What the data of a type must be; undefined for what nobody expects. */
  schemaOf(type: string): InboundRoute['event']['schema'];
}

/** Opens the door. A message whose shape is not the agreed one is refused whole, with every member that is new, missing or another. */
export function createMessageDoor(routes: readonly InboundRoute[], intake: Intake): MessageDoor {
  const known = new Map(
    routes.map(({ event, flow }) => [
      event.name,
      { flow, schema: event.schema, check: event.schema === undefined ? undefined : compileSchema(event.schema) },
    ]),
  );

  function address(instance: string, message: Admitted): AddressedMessage | Failures {
    const { id, type, data, key, original, traceparent } = message;
    const route = known.get(type);
    if (route === undefined) return [{ code: 'unknown-type', path: '/type', message: `nobody here expects ${type}` }];
    const failures = route.check?.failures(data).map((each) => ({ ...each, path: `/data${each.path}` })) ?? [];
    if (key === undefined) {
      return [{ code: 'no-key', path: '/key', message: `${type} does not say which run it is for` }, ...failures];
    }
    if (failures.length > 0) return failures;
    const cause = traceparent === undefined ? {} : { traceparent };
    return { flow: route.flow, key, id, source: instance, type, data, original, ...cause };
  }

  const isSubmission = ({ type }: Admitted): boolean => type === OrderSubmitted.name;

  const refused = (instance: string, message: InboundMessage, failures: Failures): RefusedMessage => {
    const { id, type, key, data, occurredAt, original } = message;
    const read = { type, ...(key === undefined ? {} : { key }), data, occurredAt };
    return { source: instance, id, failures, original, message: read };
  };

  return {
    async accept(instance, reading) {
      const wrong: RefusedMessage[] = reading.unreadable.map((message) => ({ ...message, source: instance }));
      const addressed: AddressedMessage[] = [];
      const taken: string[] = [];
      for (const message of reading.messages.filter((each) => !isSubmission(each))) {
        const found = address(instance, message);
        if ('flow' in found) addressed.push(found);
        else wrong.push(refused(instance, message, found));
      }
      if (addressed.length > 0) await intake.deliver(addressed);
      taken.push(...addressed.map(({ id }) => id));
      await Promise.all(
        reading.messages.filter(isSubmission).map(async (message) => {
          const failures = await intake.submit(instance, message);
          if (failures.length === 0) taken.push(message.id);
          else wrong.push(refused(instance, message, failures));
        }),
      );
      for (const message of wrong) await intake.quarantine(message);
      if (taken.length > 0) await intake.taken(instance, taken);
    },
    async admit(instance, message) {
      if (isSubmission(message)) return intake.submit(instance, message);
      const found = address(instance, message);
      if (!('flow' in found)) return found;
      await intake.deliver([found]);
      return [];
    },
    schemaOf: (type) => (type === OrderSubmitted.name ? OrderSubmitted.schema : known.get(type)?.schema),
  };
}
