import { Link } from '@swan-io/chicane';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Router } from '../../app/routes.ts';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';
import { useMe } from '../../client/me.ts';
import { useAddress } from '../../parts/address.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Json } from '../../parts/json.tsx';
import { Card, Facts, Page } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { When } from '../../parts/when.tsx';
import { actor, sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';
import './approvals.css';

type Approval = AnswerOf<'/api/approvals/v1/approvals'>['approvals'][number];
type Decision = 'approve' | 'refuse' | 'withdraw';

const tabs = [
  { value: 'pending', title: 'Waiting' },
  { value: 'decided', title: 'Decided' },
] as const;

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

function Decisions({ approval }: { readonly approval: Approval }) {
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
          onConfirm={async (reason) => {
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

/** What it is about, with the way there. */
function About({ target }: { readonly target: string }) {
  const [kind, name] = [target.slice(0, target.indexOf(':')), target.slice(target.indexOf(':') + 1)];
  if (kind === 'order') return <Link to={Router.Order({ orderNumber: name })}>Order {name}</Link>;
  if (kind === 'case') return <Link to={Router.Case({ caseId: name })}>The case</Link>;
  return target;
}

function One({ approval }: { readonly approval: Approval }) {
  return (
    <Card>
      <div className="approval">
        <h2>{approval.summary}</h2>
        <Facts
          facts={[
            [
              'State',
              <Badge key="state" tone={toneOf(approval.state)}>
                {sentenceCase(approval.state)}
              </Badge>,
            ],
            [
              'Asked by',
              <span key="by">
                {actor(approval.askedBy)}, <When at={approval.askedAt} />
              </span>,
            ],
            ['About', <About key="about" target={approval.target} />],
            ['Reason', approval.reason],
            [
              'Good until',
              approval.endsAt !== undefined && approval.state === 'pending' ? (
                <When key="ends" at={approval.endsAt} shows="both" />
              ) : undefined,
            ],
            ['Decided by', approval.decidedBy === undefined ? undefined : actor(approval.decidedBy)],
            ['Because', approval.because],
            ['Outcome', approval.outcome],
          ]}
        />
        {approval.request === undefined ? null : (
          <Json label="What will be done" value={approval.request} openLevels={0} />
        )}
        <Decisions approval={approval} />
      </div>
    </Card>
  );
}

/** Acts that move money or goods again: one person asks, another allows. */
export function Approvals() {
  const isDecided = useAddress().state === 'decided';
  const { data, error, refetch } = useQuery({
    queryKey: ['approvals', 'list'],
    queryFn: () => answered(client.GET('/api/approvals/v1/approvals')),
  });
  const shown = data?.approvals.filter(({ state }) => (state === 'pending') !== isDecided);
  return (
    <Page
      title="Approvals"
      lede="What moves money or goods again takes two persons: one asks for it, another allows it, and only then it is done."
    >
      <Tabs label="Approvals" name="state" tabs={tabs} />
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {shown === undefined && error === null ? <Skeleton label="Approvals" lines={6} /> : null}
      {shown?.length === 0 ? (
        <Empty title={isDecided ? 'Nothing was decided yet.' : 'Nothing waits for a second person.'} />
      ) : null}
      {shown?.map((approval) => (
        <One key={approval.id} approval={approval} />
      ))}
    </Page>
  );
}
