import { hash } from 'node:crypto';

/** The run that a story begins with: of all that happens to an order, the order's own. */
export interface TraceRoot {
  readonly flow: string;
  readonly key: string;
}

const digits = (text: string, count: number): string => hash('sha256', text, 'hex').slice(0, count);

/**
 * The W3C trace id of everything that belongs to one root run, e.g. an order with its fulfilments and its news: 32 hexadecimal digits,
 * the same on every node, after every restart, and without anybody having kept it.
 */
export const traceIdOf = (flow: string, key: string): string => digits(`${flow}/${key}`, 32);

/** The span of a whole run. 16 hexadecimal digits, as every span id. */
export const runSpanIdOf = (flow: string, key: string): string => digits(`run ${flow}/${key}`, 16);

/** The span of an effect, from when it was asked until its outcome is written; one that is asked again later is another. */
export const effectSpanIdOf = (effectKey: string, askedAt: string): string =>
  digits(`effect ${effectKey} ${Date.parse(askedAt)}`, 16);

/** Whether a story is followed, all of it or nothing, when so many of them are: 0 to 1. Every node says the same. */
export const isSampled = (traceId: string, share: number): boolean =>
  Number.parseInt(traceId.slice(0, 8), 16) < share * 0x1_0000_0000;
