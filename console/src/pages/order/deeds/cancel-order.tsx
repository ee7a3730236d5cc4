import { useQueryClient } from '@tanstack/react-query';
import { Confirm } from '../../../parts/confirm.tsx';
import { money } from '../../../words/money.ts';
import type { DeedProps } from './deed-props.ts';
import { told, verdictWords } from './told.ts';

/** Cancels an order, or what is left of it. */
export function CancelOrder({ order, deed, isOpen, onClose, onOutcome }: DeedProps) {
  const queries = useQueryClient();
  const { orderNumber, value } = order;
  return (
    <Confirm
      title={`Cancel order ${orderNumber}`}
      isOpen={isOpen}
      onClose={onClose}
      isDanger
      consequence={deed.consequence}
      does="Cancel the order"
      onConfirm={async (reason, client) => {
        const { data } = await client.POST('/api/orders/v1/orders/{orderNumber}/cancellation', {
          params: { path: { orderNumber } },
          headers: { prefer: 'wait=5' },
          body: { reason },
        });
        const outcome = await told(queries, orderNumber, data, (after) =>
          verdictWords('cancellation', after.cancellation?.verdict),
        );
        onOutcome(outcome);
      }}
    >
      {value === undefined ? null : (
        <p>
          It is worth {money(value)}, for customer {order.customer}. A cancellation cannot be taken back.
        </p>
      )}
    </Confirm>
  );
}
