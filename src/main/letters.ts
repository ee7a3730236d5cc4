import { setTimeout as wait } from 'node:timers/promises';
import { inboundRoutes } from '#business/reactions';
import { type Instant, systemClock } from '#model/kernel';
import type { Backbone } from '#platform/backbone';
import type { Log } from '#platform/engine/runtime';
import {
  allLetters,
  checkWaitingMessages,
  deadLetterActions,
  inboxActions,
  type LetterDesk,
  quarantineActions,
} from '#platform/exceptions';
import type { Database, Leadership } from '#platform/storage';
import type { MessageDoor } from './feeds/message-door.ts';
import type { MessageSettings } from './letters-settings.ts';

export interface LettersParts {
  readonly database: Database;
  readonly backbone: Pick<Backbone, 'subscriber' | 'wake'>;
  readonly door: MessageDoor;
  readonly lead: Leadership['lead'];
  readonly calendar: { add(at: Instant, milliseconds: number): Instant };
  readonly settings: MessageSettings;
  readonly log: Log;
}

const businessDayHours = 10;
const hourMs = 3_600_000;
const rhythmMs = 30_000;

/** The desk for messages of every kind that went wrong, and the look at those that wait for nothing. */
export function openLetters(parts: LettersParts): { readonly desk: LetterDesk; stop(): Promise<void> } {
  const { database, backbone, door, lead, calendar, settings, log } = parts;
  const clock = systemClock;
  const desk = allLetters([
    deadLetterActions({
      database,
      clock,
      schemaOf: (subscription, type) => backbone.subscriber(subscription)?.schemas?.[type],
      wake: backbone.wake,
    }),
    quarantineActions({ database, clock, schemaOf: door.schemaOf, admit: door.admit }),
    inboxActions({
      database,
      clock,
      schemaOf: (flow, type) =>
        inboundRoutes.find((route) => route.flow === flow && route.event.name === type)?.event.schema,
    }),
  ]);

  const isOverdue = ({ type, since }: { readonly type: string; readonly since: Instant }): boolean => {
    const hours = settings.waitHours?.[type] ?? businessDayHours;
    return calendar.add(since, hours * hourMs) <= clock.now();
  };
  const watch = lead('waiting-messages', async (signal) => {
    while (!signal.aborted) {
      await checkWaitingMessages(database, isOverdue).catch((thrown: unknown) =>
        log('waiting-messages-not-checked', { message: String(thrown) }),
      );
      await wait(rhythmMs, undefined, { signal }).catch(() => undefined);
    }
  });
  return { desk, stop: () => watch.stop() };
}
