import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Confirm } from '../../../parts/confirm.tsx';
import { changeOf, draftOf } from './change-draft.ts';
import { ChangeFields } from './change-fields.tsx';
import { ChangePreview } from './change-preview.tsx';
import { changedSince } from './changed-since.ts';
import type { DeedProps } from './deed-props.ts';
import { told, verdictWords } from './told.ts';

/** Changes an order: quantities, new lines, date, address, the customer's number. Shows what will be other before it asks. */
export function ChangeOrder({ order, deed, isOpen, onClose, onOutcome }: DeedProps) {
  const queries = useQueryClient();
  // What one writes is held against what one saw: else what somebody else changes meanwhile would be taken back without a word.
  const [opened, setOpened] = useState(order);
  const [draft, setDraft] = useState(() => draftOf(order));
  const [problem, setProblem] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is being written is not lost when the order moves on meanwhile.
  useEffect(() => {
    if (isOpen) {
      setOpened(order);
      setDraft(draftOf(order));
    }
    setProblem(undefined);
  }, [isOpen]);
  const { wanted, preview, wrong } = useMemo(() => changeOf(opened, draft), [opened, draft]);
  const since = useMemo(() => changedSince(opened, order), [opened, order]);
  const { orderNumber } = order;
  return (
    <Confirm
      title={`Change order ${orderNumber}`}
      isOpen={isOpen}
      onClose={onClose}
      consequence={deed.consequence}
      does="Change the order"
      isIncomplete={preview.length === 0 || wrong.length > 0}
      onConfirm={async (reason, client) => {
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
      <ChangeFields order={opened} draft={draft} onChange={setDraft} problem={problem} />
      <ChangePreview
        title="What will be other"
        preview={preview}
        wrong={wrong}
        note={preview.length === 0 && wrong.length === 0 ? 'Nothing yet.' : undefined}
      />
      {since.length === 0 ? null : (
        <ChangePreview
          title="What has changed since you opened this"
          preview={since}
          note="You see the order as it was then, and only what you write is changed. Close this and open it again to begin from how it is now."
        />
      )}
    </Confirm>
  );
}
