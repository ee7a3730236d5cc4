import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { client } from '../../../client/client.ts';
import { Confirm } from '../../../parts/confirm.tsx';
import { changeOf, draftOf } from './change-draft.ts';
import { ChangeFields } from './change-fields.tsx';
import type { DeedProps } from './deed-props.ts';
import { told, verdictWords } from './told.ts';

/** Changes an order: quantities, new lines, date, address, the customer's number. Shows what will be other before it asks. */
export function ChangeOrder({ order, deed, isOpen, onClose, onOutcome }: DeedProps) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(order));
  const [problem, setProblem] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is being written is not lost when the order moves on meanwhile.
  useEffect(() => {
    if (isOpen) setDraft(draftOf(order));
    setProblem(undefined);
  }, [isOpen]);
  const { wanted, preview, wrong } = useMemo(() => changeOf(order, draft), [order, draft]);
  const { orderNumber } = order;
  return (
    <Confirm
      title={`Change order ${orderNumber}`}
      isOpen={isOpen}
      onClose={onClose}
      consequence={deed.consequence}
      does="Change the order"
      isIncomplete={preview.length === 0 || wrong.length > 0}
      onConfirm={async (reason) => {
        setProblem(undefined);
        try {
          const { data } = await client.POST('/api/orders/v1/orders/{orderNumber}/changes', {
            params: { path: { orderNumber } },
            headers: { prefer: 'wait=5' },
            body: { ...wanted, reason },
          });
          onOutcome(
            await told(queries, orderNumber, data, (after) => verdictWords('change', after.changes.at(-1)?.verdict)),
          );
        } catch (thrown) {
          setProblem(thrown);
          throw thrown;
        }
      }}
    >
      <ChangeFields order={order} draft={draft} onChange={setDraft} problem={problem} />
      <section className="change-preview" aria-label="What will be other" aria-live="polite">
        <h3>What will be other</h3>
        {preview.length === 0 && wrong.length === 0 ? <p>Nothing yet.</p> : null}
        <ul>
          {preview.map(({ what, from, to }) => (
            <li key={what}>
              {what}: {from === '' ? null : <del>{from}</del>} <ins>{to === '' ? 'nothing' : to}</ins>
            </li>
          ))}
          {wrong.map((each) => (
            <li key={each} className="change-wrong">
              {each}
            </li>
          ))}
        </ul>
      </section>
    </Confirm>
  );
}
