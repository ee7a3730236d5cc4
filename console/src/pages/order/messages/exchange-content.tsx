import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { Diff } from '../../../parts/diff.tsx';
import { Json } from '../../../parts/json.tsx';
import { ProblemNote } from '../../../parts/problem.tsx';
import { When } from '../../../parts/when.tsx';
import type { Exchange } from '../answers.ts';
import { exchangeQuestion } from '../questions.ts';

type PayloadName = Exchange['cut'][number];

const titles: Readonly<Record<Exchange['direction'], Readonly<Record<PayloadName, string>>>> = {
  out: { request: 'Asked', answer: 'Answered', original: 'As it came' },
  in: { request: 'Told', answer: 'Answered', original: 'As it came' },
};

function Payload({ exchange, name }: { readonly exchange: Exchange; readonly name: PayloadName }) {
  const value: unknown = exchange[name];
  if (value === undefined) return null;
  const title = titles[exchange.direction][name];
  const isText = name === 'original' || exchange.cut.includes(name);
  return (
    <section>
      <h2>
        {title}
        {exchange.cut.includes(name) ? ', only its beginning' : ''}
        {isText ? <CopyButton text={String(value)} label={`Copy: ${title}`} /> : null}
      </h2>
      {isText ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        <pre className="exchange-text" tabIndex={0}>
          {String(value)}
        </pre>
      ) : (
        <Json value={value} label={title} openLevels={1} />
      )}
    </section>
  );
}

function Fault({ fault }: { readonly fault: NonNullable<Exchange['fault']> }) {
  return (
    <div className="exchange-fault">
      <p>
        <strong>{fault.message}</strong> ({fault.kind} fault, {fault.code})
      </p>
      {fault.said === undefined ? null : <pre className="exchange-text">{fault.said}</pre>}
    </div>
  );
}

interface Props {
  readonly orderNumber: string;
  readonly exchange: Exchange;
  /** The one that it is compared with. */
  readonly before: Exchange | undefined;
}

/** What of an exchange shows when it is opened: what was said, what was answered, what is different from the time before. */
export function ExchangeContent({ orderNumber, exchange: listed, before }: Props) {
  const [isWhole, setWhole] = useState(false);
  const whole = useQuery({ ...exchangeQuestion(orderNumber, listed.id), enabled: isWhole });
  const exchange = whole.data ?? listed;
  const { direction, fault, because, differences, moreDifferences = 0, key, run, cut } = exchange;
  return (
    <div className="exchange-content">
      {because === undefined ? null : <p>It changed nothing: {because}</p>}
      {fault === undefined ? null : <Fault fault={fault} />}
      {before === undefined ? null : (
        <section>
          <h2>
            Different from the one before, <When at={before.at} shows="second" />
          </h2>
          <Diff differences={differences} />
          {moreDifferences > 0 ? <p className="exchange-more">And {moreDifferences} more.</p> : null}
        </section>
      )}
      <Payload exchange={exchange} name="request" />
      <Payload exchange={exchange} name="answer" />
      <Payload exchange={exchange} name="original" />
      {whole.error === null ? null : <ProblemNote problem={whole.error} retry={() => void whole.refetch()} />}
      {cut.length === 0 ? null : (
        <Button isBusy={whole.isFetching} onClick={() => setWhole(true)}>
          Show it whole
        </Button>
      )}
      <p className="exchange-key">
        {key === undefined ? null : (
          <>
            {direction === 'out' ? 'Idempotency key' : 'Message id'} <code>{key}</code>
            <CopyButton text={key} label="Copy the key" />
          </>
        )}
        <span>In the journal of {run}</span>
      </p>
    </div>
  );
}
