import { setImmediate as turn } from 'node:timers/promises';
import { Type } from 'typebox';
import { type Call, type Clock, Fault, type FaultKind, foundDone, notDone } from '#model/kernel';
import { type Connection, type Connector, defineConnector } from '../../connector.ts';
import type { Feed } from '../../feed.ts';
import { secret } from '../../secret.ts';
import type { PaperSystem } from './paper-system.ts';

/** What may be wrong with a connector; the suite must notice each. */
export const defects = [
  'settings stay open',
  'the password is no secret',
  'a verb is not classified',
  'every sending is done again',
  'a lost answer is called transient',
  'a garbled answer is called done',
  'a garbled page is called empty',
  'the time to wait is not told',
  'an outage is no fault',
  'everybody signs in anew',
  'ids change from reading to reading',
  'the first of each page is lost',
  'what is ahead of our clock does not come',
] as const;
export type Defect = (typeof defects)[number];

const fault = (kind: FaultKind, code: string, retryAfterMs?: number) =>
  new Fault(kind, { code, message: code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

const settingsOf = (has: (defect: Defect) => boolean) =>
  Type.Object(
    { user: Type.String(), password: has('the password is no secret') ? Type.Any() : secret('The password.') },
    has('settings stay open') ? {} : { additionalProperties: false },
  );

/** A connector to a paper system, right but for one defect. */
export function createPaperConnector(system: PaperSystem, defect?: Defect): Connector {
  const has = (candidate: Defect) => candidate === defect;
  let token = 0;
  let renewal: Promise<void> | undefined;

  const renew = async () => {
    await turn();
    token = system.signIn();
  };
  const pass = async (signal: AbortSignal): Promise<void> => {
    await turn();
    if (signal.aborted) throw fault('transient', 'aborted');
    const obstacle = system.obstacle(token);
    if (obstacle === 'away') throw has('an outage is no fault') ? new Error('away') : fault('transient', 'away');
    if (obstacle === 'limited') {
      const wait = system.retryAfterSeconds() * 1_000;
      throw fault('transient', 'limited', has('the time to wait is not told') ? undefined : wait);
    }
    if (obstacle !== 'expired') return;
    if (has('everybody signs in anew')) await renew();
    else {
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      await renewal;
    }
  };

  const post = async (_: object, { key, signal }: Call): Promise<void> => {
    await pass(signal);
    const answer = system.post(key, !has('every sending is done again'));
    if (answer === 'garbled' && has('a garbled answer is called done')) return;
    if (answer === 'done') return;
    throw fault(has('a lost answer is called transient') ? 'transient' : 'ambiguous', answer);
  };

  const feed = (clock: Clock): Feed => {
    let readings = 0;
    return {
      name: 'items',
      sync: { model: 'change-feed', rhythmMs: 1_000, latencyTargetMs: 2_000 },
      read: async (cursor, signal) => {
        await pass(signal);
        const from = typeof cursor === 'number' ? cursor : 0;
        if (system.garbledRead()) {
          if (!has('a garbled page is called empty')) throw fault('transient', 'garbled');
          return { messages: [], unreadable: [], cursor: from, more: false };
        }
        readings += 1;
        const page = system.page(from, 3);
        const seen = page
          .slice(has('the first of each page is lost') && from > 0 ? 1 : 0)
          .filter(({ at }) => !has('what is ahead of our clock does not come') || at <= clock.now());
        const name = (place: number) =>
          has('ids change from reading to reading') && readings > 3 ? `item:${place}:${readings}` : `item:${place}`;
        return {
          messages: seen.map(({ place, at }) => ({
            id: name(place),
            type: 'item.seen',
            data: {},
            occurredAt: at,
            original: String(place),
          })),
          unreadable: [],
          cursor: from + page.length,
          more: page.length === 3,
        };
      },
    };
  };

  return defineConnector({
    name: 'paper',
    settings: settingsOf(has),
    manifest: () => ({
      verbs: {
        posts: {
          post: { class: 'searchable' },
          ...(has('a verb is not classified') ? {} : { findPost: { class: 'read' } }),
        },
      },
      traits: {},
      lane: { concurrency: 1 },
    }),
    connect: (_, { clock }): Connection => ({
      capabilities: {
        posts: {
          post,
          findPost: async (__: object, { key, signal }: Call) => {
            await pass(signal);
            return system.find(key) ? foundDone({}) : notDone;
          },
        },
      },
      feeds: [feed(clock)],
      close: async () => undefined,
    }),
  });
}
