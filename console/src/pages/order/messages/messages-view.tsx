import { useQuery } from '@tanstack/react-query';
import { useAddress } from '../../../parts/address.ts';
import { Empty } from '../../../parts/empty.tsx';
import { type Filter, Filters } from '../../../parts/filters.tsx';
import { counted } from '../../../words/count.ts';
import { actor, sentenceCase } from '../../../words/names.ts';
import { Answered } from '../answered.tsx';
import type { Exchange, OrderExchanges } from '../answers.ts';
import { exchangesQuestion } from '../questions.ts';
import { ExchangeEntry } from './exchange-entry.tsx';
import './messages.css';

const optionsOf = (exchanges: readonly Exchange[], member: 'system' | 'standing' | 'name') =>
  [...new Set(exchanges.map((exchange) => exchange[member]))]
    .toSorted()
    .map((value) => ({ value, label: member === 'system' ? actor(value) : sentenceCase(value) }));

function Messages({ found: { orderNumber, exchanges } }: { readonly found: OrderExchanges }) {
  const values = useAddress();
  const filters: readonly Filter[] = [
    { kind: 'choice', name: 'system', label: 'System', options: optionsOf(exchanges, 'system') },
    { kind: 'choice', name: 'name', label: 'What', options: optionsOf(exchanges, 'name') },
    { kind: 'choice', name: 'standing', label: 'Standing', options: optionsOf(exchanges, 'standing') },
  ];
  const shown = exchanges.filter((exchange) =>
    (['system', 'name', 'standing'] as const).every(
      (member) => values[member] === undefined || exchange[member] === values[member],
    ),
  );
  const names = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  return (
    <>
      <Filters filters={filters}>{counted(shown.length, 'message')}</Filters>
      {exchanges.length === 0 ? <Empty title="Nothing has been said to or by another system yet." /> : null}
      {exchanges.length > 0 && shown.length === 0 ? <Empty title="No message is like this." /> : null}
      <ol className="exchanges">
        {shown.map((exchange) => (
          <ExchangeEntry
            key={exchange.id}
            orderNumber={orderNumber}
            exchange={exchange}
            before={exchange.comparedWith === undefined ? undefined : names.get(exchange.comparedWith)}
          />
        ))}
      </ol>
    </>
  );
}

/** The view `messages` of an order: everything that went over a wire, with payloads. */
export function MessagesView({ orderNumber }: { readonly orderNumber: string }) {
  const question = useQuery(exchangesQuestion(orderNumber));
  return (
    <Answered question={question} label="Messages" lines={10}>
      {(found) => <Messages found={found} />}
    </Answered>
  );
}
