import { Field, failureAt } from '../../../parts/field.tsx';
import type { OrderView } from '../answers.ts';
import { addressWords, type ChangeDraft } from './change-draft.ts';
import { Added, Quantities } from './change-lines.tsx';

interface Props {
  readonly order: OrderView;
  readonly draft: ChangeDraft;
  readonly onChange: (draft: ChangeDraft) => void;
  readonly problem: unknown;
}

/** What of an order can be written otherwise. */
export function ChangeFields({ order, draft, onChange, problem }: Props) {
  return (
    <>
      <Quantities order={order} draft={draft} onChange={onChange} />
      <Added draft={draft} onChange={onChange} />
      <div className="deed-fields">
        <Field label="Due" error={failureAt(problem, '/requestedDate')}>
          {(control) => (
            <input
              {...control}
              type="date"
              value={draft.requestedDate}
              onChange={({ target }) => onChange({ ...draft, requestedDate: target.value })}
            />
          )}
        </Field>
        <Field label="Customer’s order number" error={failureAt(problem, '/customerPurchaseOrder')}>
          {(control) => (
            <input
              {...control}
              maxLength={40}
              autoComplete="off"
              value={draft.customerPurchaseOrder}
              onChange={({ target }) => onChange({ ...draft, customerPurchaseOrder: target.value })}
            />
          )}
        </Field>
      </div>
      <details className="change-address">
        <summary>Address</summary>
        <div className="deed-fields">
          {(['name', 'street', 'postalCode', 'city', 'country'] as const).map((member) => (
            <Field key={member} label={addressWords[member]} error={failureAt(problem, `/shipTo/${member}`)}>
              {(control) => (
                <input
                  {...control}
                  maxLength={member === 'country' ? 2 : 100}
                  autoComplete="off"
                  value={draft.shipTo[member]}
                  onChange={({ target }) =>
                    onChange({
                      ...draft,
                      shipTo: {
                        ...draft.shipTo,
                        [member]: member === 'country' ? target.value.toUpperCase() : target.value,
                      },
                    })
                  }
                />
              )}
            </Field>
          ))}
        </div>
      </details>
    </>
  );
}
