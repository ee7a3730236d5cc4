import type { paths } from '../../client/schema.generated.d.ts';

/** What the API can be asked. */
export type Question = NonNullable<paths['/api/orders/v1/orders']['get']['parameters']['query']>;

/** What a list of orders is narrowed to, as the address says it. */
export type Narrowing = Readonly<Record<string, string | undefined>>;

interface View {
  readonly title: string;
  readonly narrowing: Narrowing;
}

/** The lists that people usually want. Each is an address. */
export const views: readonly View[] = [
  { title: 'All', narrowing: {} },
  { title: 'Open', narrowing: { phase: 'open' } },
  { title: 'Held', narrowing: { state: 'held' } },
  { title: 'Waiting for stock', narrowing: { state: 'awaiting-stock' } },
  { title: 'At the warehouses', narrowing: { state: 'fulfilling' } },
  { title: 'With cases', narrowing: { withCases: 'true' } },
  { title: 'Overdue', narrowing: { due: 'overdue' } },
  { title: 'Ended', narrowing: { phase: 'ended' } },
];

/** What tells the views apart. What else a list is narrowed to stays when one goes from one to another. */
const telling = ['phase', 'state', 'withCases', 'due'] as const;

/** The change of the address that leads to a view. */
export const changeTo = ({ narrowing }: View): Narrowing =>
  Object.fromEntries(telling.map((name) => [name, narrowing[name]]));

/** Whether the address is this view's, whatever else it is narrowed to. */
export const isAt = ({ narrowing }: View, address: Narrowing): boolean =>
  telling.every((name) => narrowing[name] === address[name]);

/** The parameters of the address that the API knows. */
const asked = [
  'search',
  'state',
  'phase',
  'customer',
  'item',
  'site',
  'channel',
  'withCases',
  'due',
  'from',
  'to',
  'sort',
] as const satisfies readonly (keyof Question)[];

/** What is asked of the API: what the address says and nothing else. A value that the API does not know is refused by it, with its name. */
export const questionOf = (address: Narrowing): Question =>
  Object.fromEntries(
    asked.flatMap((name) => {
      const value = address[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
