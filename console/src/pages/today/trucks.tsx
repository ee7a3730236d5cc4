import './trucks.css';
import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { count, counted } from '../../words/count.ts';
import { shortMoney } from '../../words/money.ts';
import { type Truck, trucksQuery } from './queries.ts';

/** So many are named; the others stand in the list of orders. */
const named = 4;

function TruckOf({ truck }: { readonly truck: Truck }) {
  const { site, leavesAt, basis, due, left, willMiss, mayMiss, missing } = truck;
  const shown = missing.slice(0, named);
  const others = willMiss + mayMiss - shown.length;
  const ofAll = `of ${count(due)}`;
  return (
    <li className="truck">
      <div className="truck-head">
        <strong>{site}</strong>
        <span title={basis}>
          leaves <When at={leavesAt} shows="both" />
        </span>
        <span className="truck-sum">{due === 0 ? 'nothing due' : `${count(left)} ${ofAll} gone`}</span>
      </div>
      <progress max={Math.max(1, due)} value={left} aria-label={`${site}: ${left} of ${due} gone`} />
      {willMiss + mayMiss === 0 ? (
        <p className="muted">{due === 0 ? 'Nothing is due today.' : 'Everything that is due will be on it.'}</p>
      ) : (
        <>
          <p>
            {willMiss === 0 ? null : <Badge tone="bad">{`${count(willMiss)} ${ofAll} will miss it`}</Badge>}{' '}
            {mayMiss === 0 ? null : <Badge tone="warn">{`${count(mayMiss)} ${ofAll} may miss it`}</Badge>}
          </p>
          <ul className="truck-missing">
            {shown.map(({ part, order, certainty, because, until }) => (
              <li key={part}>
                <Link to={Router.Order({ orderNumber: order.orderNumber })}>{order.orderNumber}</Link>
                <span className="truck-customer" title={order.customerName ?? order.customer}>
                  {order.customerName ?? order.customer}
                </span>
                <span className="truck-worth">{order.worth === undefined ? '' : shortMoney(order.worth)}</span>
                <span className="truck-because">
                  {certainty === 'may-miss' ? 'May: ' : ''}
                  {because}
                  {until === undefined ? null : (
                    <>
                      {' '}
                      Expected to be over <When at={until} shows="both" />.
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
          {others <= 0 ? null : (
            <p>
              and {counted(others, 'other')}
              <Link to={Router.Orders({ due: 'today', site })}>Orders due today</Link>
            </p>
          )}
        </>
      )}
    </li>
  );
}

/** What will miss today's truck, by warehouse. */
export function Trucks() {
  const { data, error, refetch } = useQuery(trucksQuery);
  return (
    <Section title="Today’s trucks">
      {data === undefined ? (
        error === null ? (
          <Skeleton label="Today’s trucks" lines={6} />
        ) : (
          <ProblemNote problem={error} retry={() => void refetch()} />
        )
      ) : data.trucks.length === 0 ? (
        <Empty title="No warehouse has a truck today." />
      ) : (
        <ul className="trucks">
          {data.trucks.map((truck) => (
            <TruckOf key={truck.site} truck={truck} />
          ))}
        </ul>
      )}
    </Section>
  );
}
