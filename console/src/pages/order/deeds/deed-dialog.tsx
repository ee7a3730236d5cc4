import { CancelOrder } from './cancel-order.tsx';
import { ChangeOrder } from './change-order.tsx';
import type { DeedProps } from './deed-props.ts';
import { ReleaseAgain } from './release-again.tsx';
import { ReleaseHold } from './release-hold.tsx';

/** The dialog that does a deed. */
export function DeedDialog(props: DeedProps) {
  switch (props.deed.deed) {
    case 'releaseHold':
      return <ReleaseHold {...props} />;
    case 'changeOrder':
      return <ChangeOrder {...props} />;
    case 'cancelOrder':
      return <CancelOrder {...props} />;
    case 'releaseAgain':
      return <ReleaseAgain {...props} />;
    default:
      return null;
  }
}
