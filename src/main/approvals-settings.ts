import { type Static, Type } from 'typebox';
import { decimal } from '#model/kernel';
import type { ApprovalPolicy } from '#platform/approvals';

const closed = { additionalProperties: false } as const;

/** Acts that may take a second person. */
export const actsOfTwo = [
  'case.compensate',
  'case.answer',
  'case.not-done',
  'bulk.retry',
  'bulk.skip',
  'bulk.close',
  'order.release-again',
] as const;
type ActOfTwo = (typeof actsOfTwo)[number];

const usualActs: readonly ActOfTwo[] = [
  'case.compensate',
  'case.answer',
  'case.not-done',
  'bulk.retry',
  'order.release-again',
];
const usualBulk = 50;

/** Which acts take a second person. */
export const approvalSettings = Type.Object(
  {
    /** 1: nobody is asked, for an installation that one person runs; default 2. */
    persons: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
    /** Default: giving up, answering by hand and not-done of cases, large retries, releases again. */
    acts: Type.Optional(
      Type.Array(Type.Unsafe<ActOfTwo>({ type: 'string', enum: [...actsOfTwo] }), { uniqueItems: true }),
    ),
    /** `too`: what a key asks for waits for a person as well; absent: keys act at once. */
    keys: Type.Optional(Type.Literal('too')),
    /** A bulk of more cases (default 50), or of more worth in a currency, takes a second person. */
    bulkAbove: Type.Optional(
      Type.Object(
        {
          count: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
          worth: Type.Optional(
            Type.Record(
              Type.String({ pattern: '^[A-Z]{3}$' }),
              Type.String({ pattern: '^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?$' }),
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** The policy of an installation. */
export function approvalPolicy(settings: Static<typeof approvalSettings> = {}): ApprovalPolicy {
  const {
    persons = 2,
    acts = usualActs,
    keys = 'as-before',
    bulkAbove: { count = usualBulk, worth = {} } = {},
  } = settings;
  return {
    persons,
    acts,
    keys,
    bulkAbove: {
      count,
      worth: Object.entries(worth).map(([currency, amount]) => ({ currency, amount: decimal(amount) })),
    },
  };
}
