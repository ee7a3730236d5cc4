import { useState } from 'react';
import { useMe } from '../../client/me.ts';
import { Button } from '../../parts/button.tsx';
import { ActDialog } from './act-dialog.tsx';
import { type Action, arranging, deciding, wordsOf } from './act-words.ts';
import type { CaseView } from './question.ts';

/** What may be done about a case; what may not says why when it is pointed at. */
export function Acts({ view }: { readonly view: CaseView }) {
  const scopes = useMe()?.scopes ?? [];
  const [open, setOpen] = useState<Action>();
  const known = [...deciding, ...arranging].flatMap((name) => view.actions.find(({ action }) => action === name) ?? []);
  const first = known.find(({ action, allowed }) => allowed && deciding.includes(action))?.action;
  return (
    <>
      {known.map(({ action, allowed, because }) => {
        const words = wordsOf(action);
        if (words === undefined) return null;
        const may = scopes.includes(words.scope);
        const look = action === first ? 'primary' : words.isDanger === true ? 'danger' : undefined;
        return (
          <Button
            key={action}
            {...(look === undefined ? {} : { look })}
            disabled={!allowed || !may}
            title={may ? because : `It wants the scope ${words.scope}.`}
            onClick={() => setOpen(action)}
          >
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
