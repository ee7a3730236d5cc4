import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

/** Something changed: ask again for what you show of it. */
export const Changed = Type.Object(
  {
    topic: Type.Unsafe<'orders' | 'cases' | 'lanes' | 'feeds' | 'approvals'>({
      type: 'string',
      enum: ['orders', 'cases', 'lanes', 'feeds', 'approvals'],
    }),
    keys: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Which: order numbers, case ids, lanes, feeds. Absent: more than can be named.',
      }),
    ),
    at: InstantText,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/changed/1' },
);
export type Changed = Static<typeof Changed>;
