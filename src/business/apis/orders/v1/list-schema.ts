import { type Static, Type } from 'typebox';
import { Channel, CurrencyCode, closed, DateText, DecimalText, Identifier, InstantText } from '#model/canonical';

const optional = Type.Optional;
const oneOf = <const Names extends readonly string[]>(names: Names, description?: string) =>
  Type.Unsafe<Names[number]>({
    type: 'string',
    enum: [...names],
    ...(description === undefined ? {} : { description }),
  });

/** An order as a line of a list. */
export const OrderSummary = Type.Object(
  {
    orderNumber: Type.String(),
    state: Type.String({ description: 'Where it stands, e.g. `held`.' }),
    stateMeans: Type.String(),
    phase: oneOf(['forward', 'unwinding', 'ended']),
    ending: optional(Type.String()),
    customer: Type.String(),
    customerName: optional(Type.String()),
    customerPurchaseOrder: optional(Type.String()),
    channel: optional(Channel),
    sites: Type.Array(Type.String(), { description: 'Warehouses that have or had a part of it.' }),
    worth: optional(Type.Object({ amount: DecimalText, currency: CurrencyCode }, closed)),
    dueBy: optional(InstantText),
    acceptedAt: InstantText,
    enteredAt: InstantText,
    updatedAt: InstantText,
    lineCount: Type.Integer({ minimum: 0 }),
    openCases: Type.Integer({ minimum: 0, description: 'Of the order and of its fulfilments.' }),
    matched: optional(
      Type.Object(
        {
          kind: Type.String({
            description: 'What kind of number it is, e.g. `erp-sales-order`, `invoice`, `tracking`.',
          }),
          value: Type.String(),
        },
        { ...closed, description: 'The number by which it was found.' },
      ),
    ),
  },
  closed,
);
export type OrderSummary = Static<typeof OrderSummary>;

const yes = Type.Literal('true', { description: 'Only `true`: leave it out for all.' });

/** What a list of orders may be narrowed to. Everything given must hold. */
export const OrderListQuery = Type.Object(
  {
    search: optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: '\\S',
        description:
          'The beginning of any number that any system has for it: order, customer’s purchase order, ERP sales order, fulfilment, shipment, tracking, invoice, CRM opportunity; or of the customer’s number or name.',
      }),
    ),
    state: optional(Identifier('The state, e.g. `held`.', 40)),
    phase: optional(oneOf(['open', 'ended'])),
    customer: optional(Identifier('The customer.')),
    item: optional(Identifier('An item of one of its lines.')),
    site: optional(Identifier('A warehouse that has or had a part of it.', 40)),
    channel: optional(Channel),
    withCases: optional(yes),
    due: optional(oneOf(['overdue', 'today'], 'Open orders whose requested date is over, or today.')),
    from: optional(DateText),
    to: optional(DateText),
    sort: optional(
      oneOf(['newest', 'longest-in-state', 'due', 'worth'], 'Default `newest`. The others are of open orders only.'),
    ),
    after: optional(Type.String({ maxLength: 400, description: '`next` of the page before.' })),
    limit: optional(
      Type.String({
        pattern: '^([1-9][0-9]?|1[0-9][0-9]|200)$',
        description: 'How many at most, 1 to 200; default 50.',
      }),
    ),
  },
  closed,
);
export type OrderListQuery = Static<typeof OrderListQuery>;

export const OrderPage = Type.Object({ orders: Type.Array(OrderSummary), next: optional(Type.String()) }, closed);
export type OrderPage = Static<typeof OrderPage>;

const Worth = Type.Object({ amount: DecimalText, currency: CurrencyCode }, closed);

/** How many open orders stand where, for how long, and for how much; and what will not leave today. */
export const OrderStages = Type.Object(
  {
    asOf: InstantText,
    stages: Type.Array(
      Type.Object(
        {
          state: Type.String(),
          means: Type.String(),
          kind: oneOf(
            ['working', 'waiting', 'held', 'ended'],
            '`working`: machines are at it. `held`: a person must decide.',
          ),
          count: Type.Integer(),
          worth: Type.Array(Worth),
          oldestEnteredAt: optional(InstantText),
          medianAgeSeconds: optional(Type.Integer()),
          withCases: Type.Integer({ description: 'How many of them have an open case.' }),
          usualSeconds: optional(Type.Integer({ description: 'Median stay in the last seven days.' })),
        },
        closed,
      ),
      { description: 'In the order in which an order passes them; ended ones only of the present day.' },
    ),
    moves: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), count: Type.Integer() }, closed), {
      description: 'Which way orders went in the last 24 hours.',
    }),
    today: Type.Object(
      { accepted: Type.Integer(), shipped: Type.Integer(), completed: Type.Integer(), cancelled: Type.Integer() },
      closed,
    ),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-stages/1' },
);
export type OrderStages = Static<typeof OrderStages>;

/** Open orders that should leave with today's trucks and will not, or may not. */
export const TodaysTrucks = Type.Object(
  {
    asOf: InstantText,
    trucks: Type.Array(
      Type.Object(
        {
          site: Type.String(),
          leavesAt: InstantText,
          basis: Type.String({
            description: 'From where the hour is: the configuration, or the end of the working day.',
          }),
          due: Type.Integer({
            description:
              'Parts of orders that should be on it: fulfilments, and orders that have no fulfilment yet. All counts are of parts.',
          }),
          left: Type.Integer({ description: 'Of these, gone already.' }),
          willMiss: Type.Integer({
            description: 'Of these, how many will certainly not be on it, named below or not.',
          }),
          mayMiss: Type.Integer({ description: 'And how many usually would not be, named below or not.' }),
          missing: Type.Array(
            Type.Object(
              {
                part: Type.String({ description: 'The fulfilment’s number; the order’s own while it has none.' }),
                order: OrderSummary,
                certainty: oneOf(['will-miss', 'may-miss']),
                because: Type.String({
                  description:
                    'In a sentence: a hold, a case, a lane that is down, or the usual time that is left to go. Moments stand beside it.',
                }),
                since: Type.Unsafe<string>({ ...InstantText, description: 'Since when the part stands where it is.' }),
                until: optional(
                  Type.Unsafe<string>({ ...InstantText, description: 'When what stops it is expected to be over.' }),
                ),
              },
              closed,
            ),
            { description: 'The first 50 of them: the certain ones, then the most urgent.' },
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/todays-trucks/1' },
);
export type TodaysTrucks = Static<typeof TodaysTrucks>;
