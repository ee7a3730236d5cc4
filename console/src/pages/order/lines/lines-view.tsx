import { useMemo } from 'react';
import { changeAddress, useAddress } from '../../../parts/address.ts';
import { Button } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { counted, decimal } from '../../../words/count.ts';
import { money } from '../../../words/money.ts';
import type { OrderLine, OrderView } from '../answers.ts';
import { countsByStage, type Quantities, segmentsOf } from './quantities.ts';
import { QuantityBar } from './quantity-bar.tsx';
import './lines.css';

/** The API leaves the members of the stages open; they are decimals by name. */
const quantitiesOf = ({ quantities }: OrderLine): Quantities | undefined => quantities as Quantities | undefined;

function Row({ line, order }: { readonly line: OrderLine; readonly order: OrderView }) {
  const quantities = quantitiesOf(line);
  const hold = order.holds.filter((each) => each.line === line.lineNumber);
  return (
    <tr>
      <td className="line-number">{line.lineNumber}</td>
      <th scope="row">
        <span className="line-item">{line.item}</span>
        {line.description === undefined ? null : <span className="line-description">{line.description}</span>}
        {hold.map(({ hold: name, reason }) => (
          <span key={name} className="line-held">
            Held: {reason}
          </span>
        ))}
      </th>
      <td className="line-amount">
        {decimal(line.quantity)} {line.unit}
      </td>
      <td className="line-amount line-price">
        {line.unitPrice === undefined ? '–' : money({ amount: line.unitPrice, currency: order.currency })}
      </td>
      <td>
        {quantities === undefined ? (
          <span className="line-charge">charge: it is invoiced and never ships</span>
        ) : (
          <QuantityBar quantities={quantities} />
        )}
      </td>
    </tr>
  );
}

/** The lines of an order: what is wanted, and where the quantity of each stands. */
export function LinesView({ order }: { readonly order: OrderView }) {
  const { stage } = useAddress();
  const counts = useMemo(
    () =>
      countsByStage(
        order.lines.flatMap((line) => {
          const quantities = quantitiesOf(line);
          return quantities === undefined ? [] : [{ quantities }];
        }),
      ),
    [order],
  );
  const shown = order.lines.filter(
    (line) => stage === undefined || segmentsOf(quantitiesOf(line) ?? {}).some((segment) => segment.stage === stage),
  );
  return (
    <>
      <div className="line-stages">
        {[...counts].map(([name, lines]) => (
          <button
            key={name}
            type="button"
            aria-pressed={stage === name}
            onClick={() => changeAddress({ stage: stage === name ? undefined : name })}
          >
            <span className="line-key" data-stage={name} />
            {name} <span className="line-count">{counted(lines, 'line')}</span>
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        <Empty title={`No line has anything ${stage}.`}>
          <Button onClick={() => changeAddress({ stage: undefined })}>Show all lines</Button>
        </Empty>
      ) : (
        <table className="order-lines" aria-label="Lines">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">Item</th>
              <th scope="col">Wanted</th>
              <th scope="col" className="line-price">
                Price
              </th>
              <th scope="col">Where it stands</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <Row key={line.lineNumber} line={line} order={order} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
