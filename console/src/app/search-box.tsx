import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { answered } from '../client/answered.ts';
import { client } from '../client/client.ts';
import { KeyHint } from '../parts/key-hints.tsx';
import { useKeys } from '../parts/keys.ts';
import { exactHit } from './exact-hit.ts';
import { Router } from './routes.ts';

/** Finds orders by any number that any system has for them; the only one that has it is opened at once. */
export function SearchBox() {
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [isLooking, setLooking] = useState(false);
  useKeys([{ keys: '/', does: 'Find an order', act: () => input.current?.select() }]);

  async function find(event: FormEvent): Promise<void> {
    event.preventDefault();
    const search = input.current?.value.trim() ?? '';
    if (search === '') return;
    setLooking(true);
    const found = await queries
      .fetchQuery({
        queryKey: ['orders', 'search', search],
        queryFn: () => answered(client.GET('/api/orders/v1/orders', { params: { query: { search, limit: '2' } } })),
      })
      // The list says what went wrong, and lets it be tried again.
      .catch(() => ({ orders: [] }));
    setLooking(false);
    const order = exactHit(found.orders, search);
    if (input.current !== null) input.current.value = '';
    input.current?.blur();
    if (order === undefined) Router.push('Orders', { search });
    else Router.push('Order', { orderNumber: order.orderNumber });
  }

  return (
    <search className="search-box">
      <form onSubmit={(event) => void find(event)}>
        <input
          ref={input}
          type="search"
          name="search"
          maxLength={100}
          aria-label="Find an order by any number of any system, or by its customer"
          placeholder="Order, invoice, tracking, customer…"
          aria-busy={isLooking}
          autoComplete="off"
          spellCheck={false}
          onKeyDown={(event) => {
            if (event.key === 'Escape') input.current?.blur();
          }}
        />
        <KeyHint keys="/" />
      </form>
    </search>
  );
}
