import { Link } from '@swan-io/chicane';
import { Suspense, useState } from 'react';
import { Router } from '../../../app/routes.ts';
import type { Deed, OrderView } from '../answers.ts';
import type { Outcome } from './told.ts';
import './deeds.css';
import { later } from '../../../parts/later.ts';

/** Loaded when somebody does something. */
const DeedDialog = later(() => import('./deed-dialog.tsx'), 'DeedDialog');

const nameOf = ({ deed, subject }: Deed): string => `${deed} ${subject ?? ''}`;

/** The deed that is being done, its dialog, and what came of the last one where that is not seen in the order. */
export function useDoing(order: OrderView) {
  const [deed, setDeed] = useState<Deed>();
  const [isOpen, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  return {
    begin: (next: Deed): void => {
      setDeed(next);
      setOpen(true);
      setOutcome(undefined);
    },
    dialog:
      deed === undefined ? null : (
        <Suspense fallback={null}>
          <DeedDialog
            key={nameOf(deed)}
            order={order}
            deed={deed}
            isOpen={isOpen}
            onClose={() => setOpen(false)}
            onOutcome={setOutcome}
          />
        </Suspense>
      ),
    note:
      outcome?.kind === 'approval' ? (
        <p className="deed-approval" role="status">
          Another person must approve it first: {outcome.summary} <Link to={Router.Approvals()}>See what waits</Link>
        </p>
      ) : null,
  };
}
