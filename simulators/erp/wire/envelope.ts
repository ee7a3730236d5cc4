import type { Envelope } from './reply.ts';

/** A call as it was sent. */
export interface Sent extends Envelope {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Takes the envelope off; undefined when the body is no JSON object with a method. */
export function openEnvelope(body: string): Sent | undefined {
  let sent: unknown;
  try {
    sent = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return undefined;
  const { id, method, params } = sent as { id?: unknown; method?: unknown; params?: unknown };
  if (typeof method !== 'string') return undefined;
  const whole = Object.keys(sent).toSorted().join() === 'id,method,params';
  return { id: id ?? 0, whole, method, params: params as readonly unknown[] };
}
