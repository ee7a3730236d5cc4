import { StateBadge } from '../../parts/badge.tsx';
import { DueDay } from '../../parts/due-day.tsx';
import type { Column } from '../../parts/list.tsx';
import { count, counted } from '../../words/count.ts';
import { duration } from '../../words/duration.ts';
import { money, shortMoney } from '../../words/money.ts';
import { sentenceCase } from '../../words/names.ts';
import { clock } from '../../words/when.ts';
import type { OrderSummary } from './order-summary.ts';

/** Its own number says so by itself. */
const isOwnNumber = ({ orderNumber, matched }: OrderSummary): boolean => matched?.value === orderNumber;

function OrderNumber({ order }: { readonly order: OrderSummary }) {
  const { orderNumber, matched } = order;
  return (
    <span className="order-number">
      {orderNumber}
      {matched === undefined || isOwnNumber(order) ? null : (
        <span className="order-matched" title={`Found by ${matched.kind}: ${matched.value}`}>
          {sentenceCase(matched.kind)} {matched.value}
        </span>
      )}
    </span>
  );
}

/** The larger unit alone: in a list the rest of it says nothing. */
const roughly = (seconds: number): string => duration(seconds).split(' ').slice(0, 2).join(' ');

const none = <span className="order-none">–</span>;

/** From here on the exact amount takes more room than it is worth; it stands in the title. */
const large = 10_000_000;

function Worth({ order: { worth, lineCount } }: { readonly order: OrderSummary }) {
  if (worth === undefined) return none;
  const text = Math.abs(Number(worth.amount)) < large ? money(worth) : shortMoney(worth);
  return <span title={`${money(worth)}, ${counted(lineCount, 'line')}`}>{text}</span>;
}

const poColumn: Column<OrderSummary> = {
  name: 'po',
  title: 'Their order',
  width: '7.25rem',
  hideBelow: 'wide',
  cell: ({ customerPurchaseOrder }) =>
    customerPurchaseOrder === undefined ? none : <span title={customerPurchaseOrder}>{customerPurchaseOrder}</span>,
};

/** The columns of a list of orders. `isSearch`: room for the numbers by which they were found. */
export const columnsAt = (now: Date, isSearch: boolean): readonly Column<OrderSummary>[] => [
  {
    name: 'number',
    title: 'Order',
    width: isSearch ? '14rem' : '6rem',
    cell: (order) => <OrderNumber order={order} />,
  },
  {
    name: 'state',
    title: 'State',
    width: '12.5rem',
    cell: ({ state, phase, ending, stateMeans, enteredAt }) => (
      <span className="order-state">
        <StateBadge state={state} phase={phase} ending={ending} means={stateMeans} />
        <span className="order-age">
          <time dateTime={enteredAt} title={clock.exact(enteredAt)}>
            {roughly(Math.max(0, (now.valueOf() - Date.parse(enteredAt)) / 1_000))}
          </time>
        </span>
      </span>
    ),
  },
  {
    name: 'customer',
    title: 'Customer',
    cell: ({ customer, customerName }) => (
      <span title={`${customerName ?? ''} ${customer}`.trim()}>
        {customerName ?? customer}
        {customerName === undefined ? null : <span className="muted"> {customer}</span>}
      </span>
    ),
  },
  ...(isSearch ? [] : [poColumn]),
  {
    name: 'sites',
    title: 'Warehouses',
    width: '7.75rem',
    hideBelow: 'wide',
    cell: ({ sites }) => (sites.length === 0 ? none : <span title={sites.join(', ')}>{sites.join(', ')}</span>),
  },
  {
    name: 'worth',
    title: 'Worth',
    width: '7rem',
    align: 'end',
    cell: (order) => <Worth order={order} />,
  },
  {
    name: 'due',
    title: 'Due',
    width: '8rem',
    cell: ({ dueBy, phase }) =>
      dueBy === undefined ? none : <DueDay by={dueBy} says={phase === 'ended' ? 'day' : 'lateness'} />,
  },
  {
    name: 'cases',
    title: 'Cases',
    width: '4rem',
    align: 'end',
    cell: ({ openCases }) =>
      openCases === 0 ? (
        none
      ) : (
        <span className="order-cases" title={counted(openCases, 'open case')}>
          {count(openCases)}
        </span>
      ),
  },
];
