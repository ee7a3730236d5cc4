import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { goTo, Router } from '../../app/routes.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import type { Writes } from '../../client/one-intent.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { counted } from '../../words/count.ts';
import { moneys } from '../../words/money.ts';
import type { Group } from './questions.ts';

type Act = 'retry' | 'skip' | 'close' | 'assign' | 'notes';

const acts: readonly { readonly act: Act; readonly does: string; readonly consequence: string }[] = [
  {
    act: 'retry',
    does: 'Send all again',
    consequence:
      'Each is sent again under its own key, by ship-by and age, in order for each business object, and no faster than the system has room. What may have been done is asked about first.',
  },
  { act: 'assign', does: 'Assign all', consequence: 'All of them get this owner. Nothing else changes.' },
  { act: 'skip', does: 'Go on without', consequence: 'Their flows go on without what failed, where they can.' },
  { act: 'close', does: 'Close all', consequence: 'They are closed. Nothing is sent and nothing is undone.' },
  { act: 'notes', does: 'Note on all', consequence: 'The reason is written on each of them as a note.' },
];

const paths = {
  retry: '/api/cases/v1/groups/{group}/retry',
  skip: '/api/cases/v1/groups/{group}/skip',
  close: '/api/cases/v1/groups/{group}/close',
  notes: '/api/cases/v1/groups/{group}/notes',
} as const;

/** What it would do now, and what not, and why not. */
function Preview({ group, act }: { readonly group: string; readonly act: Act }) {
  const { data, error } = useQuery({
    queryKey: ['cases', 'preview', group, act],
    queryFn: () => {
      const asked = { params: { path: { group } }, body: { reason: 'preview', dryRun: true } };
      return answered(
        act === 'assign'
          ? client.POST('/api/cases/v1/groups/{group}/assign', { ...asked, body: { ...asked.body, to: null } })
          : client.POST(paths[act], asked),
      );
    },
  });
  if (error !== null) return <ProblemNote problem={error} />;
  if (data === undefined || !('allowed' in data)) return <Skeleton label="Preview" lines={2} />;
  return (
    <>
      <p>
        <strong>{counted(data.allowed, 'case')}</strong> of {data.count}
        {data.worth.length === 0 ? '' : `, ${moneys(data.worth)} at risk`}.
        {data.needsApproval ? ' It is so much that another person must allow it first.' : ''}
      </p>
      {data.notAllowed.length === 0 ? null : (
        <ul>
          {data.notAllowed.map(({ because, count }) => (
            <li key={because}>
              Not {counted(count, 'case')}: {because}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What may be done to a whole group, each after a look at what it would do. */
export function BulkActs({ group }: { readonly group: Group }) {
  const may = useMay('cases:decide');
  const [open, setOpen] = useState<Act>();
  const [owner, setOwner] = useState('');
  const name = group.group;

  async function begin(act: Act, reason: string, writes: Writes): Promise<void> {
    const path = { group: name };
    const common = { reason, atMost: group.count };
    const answer = await answered(
      act === 'assign'
        ? writes.POST('/api/cases/v1/groups/{group}/assign', {
            params: { path },
            body: { ...common, to: owner.trim() === '' ? null : owner.trim() },
          })
        : writes.POST(paths[act], { params: { path }, body: common }),
    );
    if ('askedBy' in answer) goTo(Router.Approvals());
    else if ('id' in answer) goTo(Router.Bulk({ bulkId: answer.id }));
  }

  return (
    <>
      {acts.map(({ act, does, consequence }) => (
        <span key={act}>
          <Button
            {...(act === 'retry' ? { look: 'primary' as const } : {})}
            disabled={!may}
            title={may ? undefined : 'Supervisors act on a whole cause at once: it wants the scope cases:decide.'}
            onClick={() => setOpen(act)}
          >
            {does}
          </Button>
          <Confirm
            title={`${does}: ${counted(group.count, 'case')}`}
            isOpen={open === act}
            onClose={() => setOpen(undefined)}
            consequence={consequence}
            does={does}
            isDanger={act === 'skip' || act === 'close'}
            onConfirm={(reason, writes) => begin(act, reason, writes)}
          >
            {open === act ? <Preview group={name} act={act} /> : null}
            {act === 'assign' ? (
              <Field label="Owner" hint="A person or a team; empty takes them from their owners.">
                {(control) => (
                  <input {...control} value={owner} maxLength={60} onChange={({ target }) => setOwner(target.value)} />
                )}
              </Field>
            ) : null}
          </Confirm>
        </span>
      ))}
    </>
  );
}
