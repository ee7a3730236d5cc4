import { afterEach, expect } from 'vitest';
import { type Call, type Clock, Fault, type FaultKind, systemClock } from '#model/kernel';
import type { Connection } from '../connector.ts';
import type { Feed } from '../feed.ts';
import type { NotApplicable, Stage, Subject } from './subject.ts';

/** Opens stages and closes them after each test. */
export function createStages(subject: Subject): (clock?: Clock) => Promise<Stage> {
  const open: Stage[] = [];
  afterEach(async () => {
    for (const stage of open.splice(0)) await stage.close();
  });
  return async (clock = systemClock) => {
    const stage = await subject.open(clock);
    open.push(stage);
    return stage;
  };
}

/** A call with a key of its own for each purpose. */
export const callOf = (key: string, attempt = 1, timeoutMs = 20_000): Call => ({
  key: `conformance:${key}`,
  attempt,
  signal: AbortSignal.timeout(timeoutMs),
});

export const anySignal = (): AbortSignal => AbortSignal.timeout(20_000);

/** The fault with which it fails; anything else thrown, and success, fails the test. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const thrown: unknown = await work.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof Fault)) throw new Error('expected a Fault and nothing else', { cause: thrown });
  return thrown;
}

export async function expectFault(work: Promise<unknown>, kinds: readonly FaultKind[]): Promise<Fault> {
  const fault = await faultOf(work);
  expect(kinds, `${fault.code}: ${fault.message} ${fault.said ?? ''}`).toContain(fault.kind);
  return fault;
}

export function feedNamed(connection: Connection, name: string): Feed {
  const feed = connection.feeds.find((candidate) => candidate.name === name);
  if (feed === undefined) throw new Error(`the connection has no feed ${name}`);
  return feed;
}

export const applies = <Provocation>(given: Provocation | NotApplicable): given is Provocation =>
  !(typeof given === 'object' && given !== null && 'because' in given);
