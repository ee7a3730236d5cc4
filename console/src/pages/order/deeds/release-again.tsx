import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../../parts/confirm.tsx';
import type { DeedProps } from './deed-props.ts';
import { told } from './told.ts';

/** Releases anew what a warehouse could not read, or says that it was told by hand. */
export function ReleaseAgain({ order, deed, isOpen, onClose, onOutcome }: DeedProps) {
  const queries = useQueryClient();
  const [byHand, setByHand] = useState(false);
  const { orderNumber } = order;
  const fulfilmentNumber = deed.subject ?? '';
  return (
    <Confirm
      title={`Release ${fulfilmentNumber} again`}
      isOpen={isOpen}
      onClose={onClose}
      consequence={
        byHand ? 'Nothing is sent: the warehouse counts as told, and its messages are awaited.' : deed.consequence
      }
      does={byHand ? 'It was told by hand' : 'Release again'}
      onConfirm={async (reason, client) => {
        const { data } = await client.POST(
          '/api/orders/v1/orders/{orderNumber}/fulfilments/{fulfilmentNumber}/release',
          {
            params: { path: { orderNumber, fulfilmentNumber } },
            body: { reason, ...(byHand ? { byHand } : {}) },
          },
        );
        onOutcome(await told(queries, orderNumber, data, () => `${fulfilmentNumber} goes on.`));
      }}
    >
      <label className="check">
        <input type="checkbox" checked={byHand} onChange={({ target }) => setByHand(target.checked)} />
        The warehouse was told by hand and works on it
      </label>
    </Confirm>
  );
}
