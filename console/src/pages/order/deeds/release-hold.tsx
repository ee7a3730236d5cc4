import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../../parts/confirm.tsx';
import { Field, failureAt } from '../../../parts/field.tsx';
import type { DeedProps } from './deed-props.ts';
import { holdWords } from './deed-words.ts';
import { told } from './told.ts';

/** Releases a hold, with how far and until when. */
export function ReleaseHold({ order, deed, isOpen, onClose, onOutcome }: DeedProps) {
  const queries = useQueryClient();
  const [amount, setAmount] = useState('');
  const [expires, setExpires] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const { orderNumber } = order;
  const hold = deed.subject ?? '';
  const placed = order.holds.find((each) => each.hold === hold);
  const isOverLimit = placed?.kind === 'credit';
  return (
    <Confirm
      title={`Release the ${holdWords(hold)} hold of order ${orderNumber}`}
      isOpen={isOpen}
      onClose={onClose}
      consequence={deed.consequence}
      does="Release the hold"
      reasonHint="You take responsibility for it: it stands in the order’s story and in the audit."
      onConfirm={async (reason, client) => {
        const waiver = {
          ...(amount.trim() === '' ? {} : { amount: amount.trim() }),
          ...(expires === '' ? {} : { expires: new Date(expires).toISOString() }),
        };
        try {
          const { data } = await client.POST('/api/orders/v1/orders/{orderNumber}/holds/{hold}/release', {
            params: { path: { orderNumber, hold } },
            headers: { prefer: 'wait=5' },
            body: { reason, ...(Object.keys(waiver).length === 0 ? {} : { waiver }) },
          });
          onOutcome(await told(queries, orderNumber, data, () => `the ${holdWords(hold)} hold is released.`));
        } catch (thrown) {
          setProblem(thrown);
          throw thrown;
        }
      }}
    >
      {placed === undefined ? null : (
        <p className="deed-held">
          Held{placed.line === undefined ? '' : ` in line ${placed.line}`}: {placed.reason}
        </p>
      )}
      <div className="deed-fields">
        {isOverLimit ? (
          <Field
            label={`Up to, ${order.currency}`}
            hint="How far over the limit it may be. Left empty: as far as it takes."
            error={failureAt(problem, '/waiver/amount')}
          >
            {(control) => (
              <input
                {...control}
                inputMode="decimal"
                autoComplete="off"
                value={amount}
                onChange={({ target }) => setAmount(target.value)}
              />
            )}
          </Field>
        ) : null}
        <Field
          label="Until"
          hint="After it the same check holds the order again. Left empty: for good."
          error={failureAt(problem, '/waiver/expires')}
        >
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              value={expires}
              onChange={({ target }) => setExpires(target.value)}
            />
          )}
        </Field>
      </div>
    </Confirm>
  );
}
