import { useState } from 'react';
import { Button } from '../../../parts/button.tsx';
import type { OrderView } from '../answers.ts';
import type { ChangeDraft } from './change-draft.ts';

interface Props {
  readonly order: OrderView;
  readonly draft: ChangeDraft;
  readonly onChange: (draft: ChangeDraft) => void;
}

/** More lines than these are found by typing. */
const many = 12;

/** What each line shall come to in all. */
export function Quantities({ order, draft, onChange }: Props) {
  const [looked, setLooked] = useState('');
  const sought = looked.trim().toLowerCase();
  const found = order.lines.filter(
    ({ lineNumber, item, description = '' }) =>
      sought === '' || `${lineNumber} ${item} ${description}`.toLowerCase().includes(sought),
  );
  return (
    <fieldset className="change-lines">
      <legend>Quantities</legend>
      {order.lines.length > many ? (
        <input
          type="search"
          aria-label="Find a line"
          placeholder={`Find one of ${order.lines.length} lines`}
          value={looked}
          onChange={({ target }) => setLooked(target.value)}
        />
      ) : null}
      <div className="change-scroll">
        {found.map(({ lineNumber, item, description, quantity, unit }) => (
          <label key={lineNumber}>
            <span className="change-line">
              {lineNumber}. {item} <span>{description}</span>
            </span>
            <input
              inputMode="decimal"
              autoComplete="off"
              aria-label={`Quantity of line ${lineNumber}, ${item}`}
              value={draft.quantities[lineNumber] ?? quantity}
              onChange={({ target }) =>
                onChange({ ...draft, quantities: { ...draft.quantities, [lineNumber]: target.value } })
              }
            />
            <span className="change-unit">{unit}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Lines that come to the order. */
export function Added({ draft, onChange }: Omit<Props, 'order'>) {
  const { added } = draft;
  return (
    <fieldset className="change-lines">
      <legend>New lines</legend>
      {added.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: new lines have no name but their place.
        <div className="change-added" key={at}>
          <input
            aria-label={`Item of new line ${at + 1}`}
            placeholder="Item"
            autoComplete="off"
            value={line.item}
            onChange={({ target }) => onChange({ ...draft, added: added.with(at, { ...line, item: target.value }) })}
          />
          <input
            aria-label={`Quantity of new line ${at + 1}`}
            placeholder="Quantity"
            inputMode="decimal"
            autoComplete="off"
            value={line.quantity}
            onChange={({ target }) =>
              onChange({ ...draft, added: added.with(at, { ...line, quantity: target.value }) })
            }
          />
          <Button
            look="plain"
            aria-label={`Remove new line ${at + 1}`}
            onClick={() => onChange({ ...draft, added: added.toSpliced(at, 1) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange({ ...draft, added: [...added, { item: '', quantity: '' }] })}>Add a line</Button>
    </fieldset>
  );
}
