import { type Static, Type } from 'typebox';
import { closed, Identifier } from '#model/canonical';
import { type Call, defineCapability } from '#model/kernel';
import type { Frozen } from './frozen.ts';

/** One mailbox, plainly: no display name, no list, nothing that a header could be made of. */
export const EmailAddress = Type.String({
  pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$",
  maxLength: 254,
  description: 'One mailbox, e.g. `orders@harbour-gifts.example`.',
});

/** A message to a customer, in words. */
export const CustomerNotice = Type.Object(
  {
    to: EmailAddress,
    subject: Identifier('One line.', 150),
    text: Type.String({ minLength: 1, maxLength: 100_000, description: 'Plain text; lines end with a newline.' }),
  },
  closed,
);
export type CustomerNotice = Frozen<Static<typeof CustomerNotice>>;

export const SentNotice = Type.Object({ reference: Identifier('The id under which it was sent.', 300) }, closed);
export type SentNotice = Frozen<Static<typeof SentNotice>>;

export interface NoticesVerbs {
  /**
   * Sends it. A transient fault says that it surely was not taken; where nobody can say whether it was, the fault is ambiguous, and
   * it is never sent again blindly: a customer who hears nothing can be told, one who was told twice cannot be untold.
   */
  send(notice: CustomerNotice, call: Call): Promise<SentNotice>;
}
export const Notices = defineCapability<NoticesVerbs>('notices');
