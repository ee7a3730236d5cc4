import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

/** What can change. */
export const topics = ['orders', 'cases', 'lanes', 'feeds', 'approvals'] as const;

/** Something changed: ask again for what you show of it. */
export const Changed = Type.Object(
  {
    topic: Type.Unsafe<(typeof topics)[number]>({ type: 'string', enum: [...topics] }),
    keys: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Which: order numbers, case ids, lanes, feeds. Absent: more than can be named, or of what the caller may not read all.',
      }),
    ),
    at: InstantText,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/changed/1' },
);
export type Changed = Static<typeof Changed>;
