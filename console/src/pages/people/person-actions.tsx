import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../client/answered.ts';
import { useMe } from '../../client/me.ts';
import type { Writes } from '../../client/one-intent.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { toast } from '../../parts/toast.tsx';
import { counted } from '../../words/count.ts';
import { type Person, peopleQuery } from './person.ts';
import { type MadeLink, makeLink } from './sign-in-link.tsx';

interface PersonActionsProps {
  readonly person: Person;
  readonly onChange: () => void;
  readonly onLink: (link: MadeLink) => void;
}

type Deed = 'link' | 'sign-out' | 'disable' | 'enable';

/** What may be done about somebody. */
export function PersonActions({ person, onChange, onLink }: PersonActionsProps) {
  const queries = useQueryClient();
  const isMyself = useMe()?.userName === person.userName;
  const [deed, setDeed] = useState<Deed>();
  const { userName, disabled, provider } = person;
  const params = { path: { userName } };
  const fresh = () => queries.invalidateQueries({ queryKey: peopleQuery.queryKey });

  const deeds: Readonly<Record<Deed, { does: string; consequence: string; act: (client: Writes) => Promise<void> }>> = {
    link: {
      does: 'Make a sign-in link',
      consequence: `${userName} chooses a new password by it and comes in. Links made before open nothing any more; it is shown once.`,
      act: async (client) => onLink(await makeLink(userName, client)),
    },
    'sign-out': {
      does: 'Sign out everywhere',
      consequence: `Every session of ${userName} ends within a second.`,
      act: async (client) => {
        const { ended } = await answered(
          client.DELETE('/api/people/v1/people/{userName}/sessions', { params, body: {} }),
        );
        toast(`${userName}: ${counted(ended, 'session')} ended`);
      },
    },
    disable: {
      does: 'Disable',
      consequence: `${userName} cannot sign in any more, and what is open of them ends. What they did stays in the audit.`,
      act: async (client) => {
        await answered(client.PATCH('/api/people/v1/people/{userName}', { params, body: { disabled: true } }));
        await fresh();
        toast(`${userName} is disabled`);
      },
    },
    enable: {
      does: 'Enable',
      consequence: `${userName} may sign in again, as ${person.role}.`,
      act: async (client) => {
        await answered(client.PATCH('/api/people/v1/people/{userName}', { params, body: { disabled: false } }));
        await fresh();
        toast(`${userName} is enabled`);
      },
    },
  };
  const chosen = deed === undefined ? undefined : deeds[deed];
  return (
    <span className="person-actions">
      <Button look="plain" className="in-row" onClick={onChange}>
        Change<span className="hidden"> {userName}</span>
      </Button>
      {provider === 'oidc' || disabled ? null : (
        <Button look="plain" className="in-row" onClick={() => setDeed('link')}>
          Link<span className="hidden"> for {userName}</span>
        </Button>
      )}
      <Button look="plain" className="in-row" onClick={() => setDeed('sign-out')}>
        Sign out<span className="hidden"> {userName}</span>
      </Button>
      {isMyself ? null : (
        <Button look="plain" className="in-row" onClick={() => setDeed(disabled ? 'enable' : 'disable')}>
          {disabled ? 'Enable' : 'Disable'}
          <span className="hidden"> {userName}</span>
        </Button>
      )}
      <Confirm
        title={chosen === undefined ? '' : `${chosen.does}: ${userName}`}
        isOpen={chosen !== undefined}
        onClose={() => setDeed(undefined)}
        does={chosen?.does ?? ''}
        isDanger={deed === 'disable'}
        reason="none"
        consequence={chosen?.consequence}
        onConfirm={async (_, client) => chosen?.act(client)}
      />
    </span>
  );
}
