import { Link } from '@swan-io/chicane';
import { useState } from 'react';
import { Router } from '../../app/routes.ts';
import { useMe } from '../../client/me.ts';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from './act-dialog.tsx';
import { actsOf, firstOf } from './act-list.ts';
import type { Action } from './act-words.ts';
import type { CaseView } from './question.ts';

interface ActsProps {
  readonly view: CaseView;
  /** The order that the case is about, where there is one. */
  readonly order: string | undefined;
}

/** What may be done about a case. Where nothing of the case itself helps, its order comes first. */
export function Acts({ view, order }: ActsProps) {
  const scopes = useMe()?.scopes ?? [];
  const [open, setOpen] = useState<Action>();
  const offered = actsOf(view.actions, scopes).filter(({ because }) => because === undefined);
  const first = firstOf(offered);
  return (
    <>
      {order === undefined || view.state === 'closed' ? null : (
        <Link className={first === undefined ? 'button primary' : 'button'} to={Router.Order({ orderNumber: order })}>
          Open the order
        </Link>
      )}
      {offered.map(({ action, words }) => {
        const look = action === first ? 'primary' : words.isDanger === true ? 'danger' : undefined;
        return (
          <Button key={action} {...(look === undefined ? {} : { look })} onClick={() => setOpen(action)}>
            {words.does}
          </Button>
        );
      })}
      {open === undefined ? null : (
        <ActDialog key={open} view={view} action={open} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

/** What may not be done about it now, and why not. */
export function NotNow({ view }: { readonly view: CaseView }) {
  const scopes = useMe()?.scopes ?? [];
  const refused = actsOf(view.actions, scopes).filter(({ because }) => because !== undefined);
  if (view.state === 'closed' || refused.length === 0) return null;
  return (
    <details className="case-refused">
      <summary>What cannot be done now, and why</summary>
      <dl>
        {refused.map(({ action, words, because }) => (
          <div key={action}>
            <dt>{words.does}</dt>
            <dd>{because}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
