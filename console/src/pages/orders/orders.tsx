import { Link } from '@swan-io/chicane';
import { useEffect, useMemo, useRef } from 'react';
import { Router } from '../../app/routes.ts';
import { addressWith, changeAddress, useAddress } from '../../parts/address.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useKeyset } from '../../parts/keyset.ts';
import { List } from '../../parts/list.tsx';
import { useNow } from '../../parts/now.ts';
import { Page } from '../../parts/page.tsx';
import { columnsAt } from './columns.tsx';
import { OrderFilters } from './order-filters.tsx';
import { ordersPage } from './questions.ts';
import { changeTo, isAt, type Question, questionOf, views } from './views.ts';
import '../../parts/tabs.css';
import './orders.css';

function Views() {
  const address = useAddress();
  const nav = useRef<HTMLElement>(null);
  const current = views.find((view) => isAt(view, address))?.title;
  // On a phone not all of them are in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: done anew when another one is current.
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (link) nav.current?.scrollTo({ left: link.offsetLeft - nav.current.offsetLeft - 16 });
  }, [current]);
  return (
    <nav className="tabs" aria-label="Usual lists" ref={nav}>
      {views.map((view) => (
        <Link
          key={view.title}
          to={addressWith(changeTo(view))}
          aria-current={view.title === current ? 'page' : undefined}
        >
          {view.title}
        </Link>
      ))}
    </nav>
  );
}

function Nothing({ question }: { readonly question: Question }) {
  const { search, sort } = question;
  if (sort !== undefined) {
    return (
      <Empty title="No open order is like this.">
        <p>Only the newest first has orders that have ended too.</p>
        <Button onClick={() => changeAddress({ sort: undefined })}>Newest first</Button>
      </Empty>
    );
  }
  const names = Object.keys(question);
  if (names.length === 0) {
    return (
      <Empty title="No order has been accepted yet.">Orders come by the orders API, from the CRM and by files.</Empty>
    );
  }
  return (
    <Empty
      title={search === undefined ? 'No order is like this.' : `No order has a number that begins with “${search}”.`}
    >
      <Button onClick={() => changeAddress(Object.fromEntries(names.map((name) => [name, undefined])))}>
        Show all orders
      </Button>
    </Empty>
  );
}

/** All orders, to be found by any number that any system has for them. */
export function Orders() {
  const address = useAddress();
  const now = useNow();
  const isSearch = address.search !== undefined;
  const columns = useMemo(() => columnsAt(now, isSearch), [now, isSearch]);
  const question = questionOf(address);
  const { rows, more, problem, retry, isStale } = useKeyset(['orders', 'list', question], (after) =>
    ordersPage(question, after),
  );
  return (
    <Page title="Orders">
      <Views />
      <OrderFilters />
      <div className="orders" data-stale={isStale || undefined}>
        <List
          label="Orders"
          columns={columns}
          rows={rows}
          rowKey={({ orderNumber }) => orderNumber}
          rowLink={({ orderNumber }) => Router.Order({ orderNumber })}
          more={more}
          problem={problem}
          retry={retry}
          empty={<Nothing question={question} />}
          expected={20}
        />
      </div>
    </Page>
  );
}
