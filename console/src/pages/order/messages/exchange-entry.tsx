import { useState } from 'react';
import { changeAddress, useAddress } from '../../../parts/address.ts';
import { StateBadge } from '../../../parts/badge.tsx';
import { When } from '../../../parts/when.tsx';
import { counted } from '../../../words/count.ts';
import { actor, sentenceCase } from '../../../words/names.ts';
import type { Exchange } from '../answers.ts';
import { took } from '../trace/milliseconds.ts';
import { ExchangeContent } from './exchange-content.tsx';

/** How long it took and what is different, in a few words. */
function noteOf({ at, settledAt, comparedWith, differences, moreDifferences = 0 }: Exchange): string {
  const notes: string[] = [];
  if (settledAt !== undefined) notes.push(took(Date.parse(settledAt) - Date.parse(at)));
  const all = differences.length + moreDifferences;
  if (comparedWith !== undefined) notes.push(all === 0 ? 'the same again' : counted(all, 'difference'));
  return notes.join(' · ');
}

interface Props {
  readonly orderNumber: string;
  readonly exchange: Exchange;
  /** The one that it is compared with. */
  readonly before: Exchange | undefined;
}

/** A message or a call, which opens to its payloads. The one that was opened last stands in the address. */
export function ExchangeEntry({ orderNumber, exchange, before }: Props) {
  const { at: addressed } = useAddress();
  const [isOpen, setOpen] = useState(addressed === exchange.id);
  const { id, at, direction, system, name, standing, undoes } = exchange;
  return (
    <li className="exchange">
      <details
        open={isOpen}
        onToggle={({ currentTarget: { open } }) => {
          if (open === isOpen) return;
          setOpen(open);
          changeAddress({ at: open ? id : undefined });
        }}
      >
        <summary>
          <When at={at} shows="second" />
          <span className="exchange-way" title={direction === 'out' ? `to ${system}` : `from ${system}`}>
            <span aria-hidden="true">{direction === 'out' ? '→' : '←'}</span>
            <span className="hidden">{direction === 'out' ? 'to' : 'from'}</span> {actor(system)}
          </span>
          <span className="exchange-name">
            {undoes === true ? 'Undo: ' : ''}
            {sentenceCase(name)}
          </span>
          <StateBadge state={standing} />
          <span className="exchange-note">{noteOf(exchange)}</span>
        </summary>
        {isOpen ? <ExchangeContent orderNumber={orderNumber} exchange={exchange} before={before} /> : null}
      </details>
    </li>
  );
}
