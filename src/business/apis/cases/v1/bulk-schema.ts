import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';
import type { BulkAction } from '#platform/exceptions';
import { BulkId, Worth } from './members.ts';

const optional = Type.Optional;
const Refusals = Type.Array(Type.Object({ because: Type.String(), count: Type.Integer() }, closed));

/** What a bulk would do now. */
export const BulkPreview = Type.Object(
  {
    count: Type.Integer(),
    allowed: Type.Integer(),
    worth: Type.Array(Worth, { description: 'Of the allowed ones, for each currency by itself.' }),
    notAllowed: Refusals,
    needsApproval: Type.Boolean({ description: 'It is so much that another person must allow it first.' }),
  },
  closed,
);

/** A bulk and how far it is. */
export const BulkView = Type.Object(
  {
    id: BulkId,
    action: Type.String(),
    group: Type.String(),
    by: Type.String(),
    at: InstantText,
    reason: Type.String(),
    to: optional(Type.Union([Type.String(), Type.Null()])),
    state: Type.String({ description: '`running`, `finished`, `stopped`.' }),
    total: Type.Integer({ description: 'How many there were when it began.' }),
    looked: Type.Integer({ description: 'How many it has looked at; one that closed meanwhile is not looked at.' }),
    applied: Type.Integer(),
    ignored: Type.Integer({ description: 'Delivered, and did not fit any more.' }),
    refused: Type.Integer({ description: 'Not delivered: see refusals.' }),
    refusals: Refusals,
    finishedAt: optional(InstantText),
    sites: optional(Type.Array(Type.String(), { description: 'The only warehouses whose cases it takes.' })),
    approvedBy: optional(Type.String({ description: 'Who allowed it, where it took two persons.' })),
    links: Type.Object({ self: Type.String(), audit: Type.String() }, closed),
  },
  closed,
);

/** A bulk in the API's words. */
export function bulkView(bulk: BulkAction): Static<typeof BulkView> {
  const self = `/api/cases/v1/bulk-actions/${bulk.id}`;
  const { sites, ...rest } = bulk;
  const of = sites === undefined ? {} : { sites: [...sites] };
  return { ...rest, ...of, refusals: [...bulk.refusals], links: { self, audit: `${self}/audit` } };
}
