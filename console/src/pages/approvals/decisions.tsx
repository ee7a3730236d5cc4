import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../client/answer-of.ts';
import { useMe } from '../../client/me.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';

/** An act that waits for a second person, or did. */
export type Approval = AnswerOf<'/api/approvals/v1/approvals'>['approvals'][number];
type Decision = 'approve' | 'refuse' | 'withdraw';

const words: Readonly<Record<Decision, { readonly does: string; readonly consequence: string }>> = {
  approve: { does: 'Allow', consequence: 'It is done at once, with both names in the audit.' },
  refuse: { does: 'Refuse', consequence: 'Nothing is done. Whoever asked sees why.' },
  withdraw: { does: 'Withdraw', consequence: 'Nothing is done.' },
};

const paths = {
  approve: '/api/approvals/v1/approvals/{id}/approve',
  refuse: '/api/approvals/v1/approvals/{id}/refuse',
  withdraw: '/api/approvals/v1/approvals/{id}/withdraw',
} as const;

/** What may be decided about it, each after a look at what that does. */
export function Decisions({ approval }: { readonly approval: Approval }) {
  const queries = useQueryClient();
  const me = useMe();
  const [open, setOpen] = useState<Decision>();
  const isMine = me !== undefined && approval.askedBy === `person:${me.userName}`;
  if (approval.state !== 'pending') return null;
  const offered: readonly Decision[] = isMine ? ['withdraw'] : ['approve', 'refuse'];
  return (
    <div className="page-actions">
      {offered.map((decision) => (
        <Button
          key={decision}
          {...(decision === 'approve' ? { look: 'primary' as const } : {})}
          disabled={!isMine && !approval.mayDecide}
          title={isMine || approval.mayDecide ? undefined : 'A supervisor who has not asked for it decides.'}
          onClick={() => setOpen(decision)}
        >
          {words[decision].does}
        </Button>
      ))}
      {open === undefined ? null : (
        <Confirm
          title={`${words[open].does}: ${approval.summary}`}
          isOpen
          onClose={() => setOpen(undefined)}
          consequence={words[open].consequence}
          does={words[open].does}
          onConfirm={async (reason, client) => {
            await client.POST(paths[open], { params: { path: { id: approval.id } }, body: { reason } });
            await Promise.all(
              ['approvals', 'cases', 'orders'].map((topic) => queries.invalidateQueries({ queryKey: [topic] })),
            );
          }}
        />
      )}
    </div>
  );
}
