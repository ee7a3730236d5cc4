import type { Message } from '../../run.ts';
import type { InboxRow } from '../commit/commit-unit.ts';
import type { AddressedMessage, Log } from '../engine.ts';
import type { ChildMail, MessageMail } from './mail.ts';
import { messageHash } from './message-hash.ts';

/** A message from outside as its run gets it. */
export function incomingMail(
  { id, source, type, data, original }: AddressedMessage,
  at: string,
  told: Pick<MessageMail, 'resolve' | 'reject'>,
  traceparent?: string,
): MessageMail {
  const cause = traceparent === undefined ? {} : { traceparent };
  const message: Message = { id, source, type, data: data ?? null, at, ...cause };
  const mail = { kind: 'message' as const, message, hash: messageHash(source, id), fromInbox: false, ...told };
  return original === undefined ? mail : { ...mail, original };
}

/** A row of the inbox as its run gets it. What goes wrong leaves the row where it is. */
export function mailOf({ flow, key, hash, kind, message: text }: InboxRow, log: Log): ChildMail | MessageMail {
  if (kind === 'start') return { kind: 'child', hash, ...JSON.parse(text) };
  const { original, ...message }: Message & { readonly original?: string } = JSON.parse(text);
  const mail: MessageMail = {
    kind: 'message',
    message,
    hash,
    fromInbox: true,
    resolve: () => undefined,
    reject: (thrown) => log('delivery-failed', { flow, key, message: String(thrown) }),
  };
  return original === undefined ? mail : { ...mail, original };
}
