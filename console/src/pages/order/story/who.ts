export type ActorKind = 'person' | 'consumer' | 'crossdock' | 'system';

/** Who did something, as it is shown. */
export interface Actor {
  readonly kind: ActorKind;
  readonly name: string;
}

/** Reads the narrative's `who`: `person:jane`, `api:web-shop`, `crossdock`, or the name of a system. */
export function actorOf(who: string): Actor {
  if (who.startsWith('person:')) return { kind: 'person', name: who.slice('person:'.length) };
  if (who.startsWith('api:')) return { kind: 'consumer', name: who.slice('api:'.length) };
  if (who === 'crossdock' || who === 'engine' || /^(flow:|\/crossdock\/)/.test(who)) {
    return { kind: 'crossdock', name: 'Crossdock' };
  }
  return { kind: 'system', name: who };
}

/** Tells actors apart: Crossdock's own parts are one. */
export function actorKey(who: string): string {
  const { kind } = actorOf(who);
  return kind === 'crossdock' ? kind : who;
}

export const actorKindWords: Readonly<Record<ActorKind, string>> = {
  person: 'person',
  consumer: 'program with a key',
  crossdock: 'Crossdock itself',
  system: 'outside system',
};
