import { decimal } from '../../../words/count.ts';
import { invoicedShare, type Quantities, segmentsOf } from './quantities.ts';

/** Where the quantity of a line stands, as a bar in parts with their numbers below. */
export function QuantityBar({ quantities }: { readonly quantities: Quantities }) {
  const segments = segmentsOf(quantities);
  const invoiced = invoicedShare(quantities);
  return (
    <div className="quantity">
      <div className="quantity-bar" aria-hidden="true">
        {segments.map(({ stage, share }) => (
          <span key={stage} data-stage={stage} style={{ flexGrow: share }} />
        ))}
      </div>
      {invoiced > 0 ? (
        <div className="quantity-invoiced" aria-hidden="true">
          <span style={{ width: `${invoiced * 100}%` }} />
        </div>
      ) : null}
      <p className="quantity-words">
        {segments.map(({ stage, text }) => (
          <span key={stage} data-stage={stage}>
            {decimal(text)} {stage}
          </span>
        ))}
        {quantities.invoiced === undefined ? null : <span>{decimal(quantities.invoiced)} invoiced</span>}
        {quantities.returned === undefined ? null : <span>{decimal(quantities.returned)} returned</span>}
      </p>
    </div>
  );
}
