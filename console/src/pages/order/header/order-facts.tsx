import { Link } from '@swan-io/chicane';
import type { ReactNode } from 'react';
import { Router } from '../../../app/routes.ts';
import { DueDay } from '../../../parts/due-day.tsx';
import { Facts } from '../../../parts/page.tsx';
import { When } from '../../../parts/when.tsx';
import { money } from '../../../words/money.ts';
import { sentenceCase } from '../../../words/names.ts';
import type { OrderView } from '../answers.ts';

const shown = 3;

/** Numbers of a kind; many of them fold. */
function Numbers({ numbers }: { readonly numbers: readonly string[] }) {
  if (numbers.length <= shown) return numbers.join(', ');
  return (
    <details className="order-numbers">
      <summary>
        {numbers.slice(0, shown).join(', ')} and {numbers.length - shown} more
      </summary>
      {numbers.slice(shown).join(', ')}
    </details>
  );
}

const numbersOf = (numbers: readonly (string | undefined)[]): ReactNode => {
  const known = [...new Set(numbers.filter((each) => each !== undefined))];
  return known.length === 0 ? undefined : <Numbers numbers={known} />;
};

const linesIn = (address: OrderView['shipTo']): string | undefined =>
  address === undefined
    ? undefined
    : Object.values(address)
        .flat()
        .filter((each): each is string => typeof each === 'string' && each !== '')
        .join(', ');

/** The customer, the money, the dates, and every number that a system has for the order. */
export function OrderFacts({ order }: { readonly order: OrderView }) {
  const { requestedDate, value, bookings, shipments, invoices, fulfilments } = order;
  return (
    <Facts
      facts={[
        [
          'Customer',
          <Link key="customer" to={Router.Orders({ customer: order.customer })}>
            {order.customer}
            {order.customerName === undefined ? '' : ` ${order.customerName}`}
          </Link>,
        ],
        ['Customer’s order', order.customerPurchaseOrder],
        ['Worth', value === undefined ? 'not known: a price is missing' : money(value)],
        [
          'Due',
          requestedDate === undefined ? undefined : (
            <DueDay key="due" by={requestedDate} says={order.phase === 'ended' ? 'day' : 'lateness'} />
          ),
        ],
        ['Warehouses', numbersOf(fulfilments.map(({ site }) => site))],
        [
          'ERP orders',
          numbersOf(bookings.filter(({ withdrawn }) => withdrawn !== true).map(({ reference }) => reference)),
        ],
        ['Shipments', numbersOf(shipments.map(({ shipmentNumber }) => shipmentNumber))],
        ['Tracking', numbersOf(shipments.map(({ trackingNumber }) => trackingNumber))],
        ['Invoices', numbersOf(invoices.map(({ number }) => number))],
        [
          'Came by',
          `${sentenceCase(order.channel)}${order.sourceReference === undefined ? '' : `, ${order.sourceReference}`}`,
        ],
        ['Accepted', <When key="accepted" at={order.acceptedAt} shows="both" />],
        ['Policy', sentenceCase(order.shippingPolicy)],
        ['Ships to', linesIn(order.shipTo)],
      ]}
    />
  );
}
