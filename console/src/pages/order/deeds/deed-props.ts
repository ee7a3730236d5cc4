import type { Deed, OrderView } from '../answers.ts';
import type { Outcome } from './told.ts';

/** What the dialog of every deed is given. */
export interface DeedProps {
  readonly order: OrderView;
  readonly deed: Deed;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: Outcome) => void;
}
