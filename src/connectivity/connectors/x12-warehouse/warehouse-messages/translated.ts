import { createHash } from 'node:crypto';
import type { InboundMessage, UnreadableMessage } from '#connectivity/kit';

/** What one set, or one file, came to. */
export interface Translated {
  readonly messages: readonly InboundMessage[];
  readonly unreadable: readonly UnreadableMessage[];
}

export const nothing: Translated = { messages: [], unreadable: [] };

const most = 256 * 1024;

/** An original for the record; longer ones are cut and say so. */
export const originalOf = (text: string): string =>
  text.length <= most ? text : `${text.slice(0, most - 100)}\n[cut: ${text.length} characters in all]`;

/** Names content: the same content has the same digest in whatever file it comes. */
export const digestOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 24);
