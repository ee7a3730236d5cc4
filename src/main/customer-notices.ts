import { type Static, Type } from 'typebox';
import { noticeKinds } from '#business/flows';
import type { NoticePreference } from '#business/reactions';
import { EmailAddress } from '#model/capabilities';

const closed = { additionalProperties: false } as const;

/** Which customers are told what becomes of their orders, and where. Who is not named is told nothing. */
export const customerNoticesSettings = Type.Object(
  {
    customers: Type.Record(
      Type.String({ minLength: 1, maxLength: 40, description: 'The customer’s number.' }),
      Type.Object(
        {
          email: EmailAddress,
          kinds: Type.Optional(
            Type.Array(Type.Enum([...noticeKinds]), { uniqueItems: true, description: 'Absent: everything.' }),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);
type Settings = Static<typeof customerNoticesSettings>;

/** How a customer wants to be told; undefined: not at all. */
export const noticePreferences =
  (settings: Settings | undefined) =>
  (customer: string): NoticePreference | undefined =>
    settings !== undefined && Object.hasOwn(settings.customers, customer) ? settings.customers[customer] : undefined;
