import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Router } from '../../app/routes.ts';
import { useMay } from '../../client/me.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Card, Facts, Page, Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Stat, Stats } from '../../parts/stat.tsx';
import { When } from '../../parts/when.tsx';
import { count, counted } from '../../words/count.ts';
import { actor, sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';
import { type Bulk, bulkQuestion } from './questions.ts';
import './cases.css';

function StopBulk({ bulk }: { readonly bulk: Bulk }) {
  const may = useMay('cases:decide');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  if (bulk.state !== 'running') return null;
  return (
    <>
      <Button look="danger" disabled={!may} onClick={() => setOpen(true)}>
        Stop
      </Button>
      <Confirm
        title="Stop the bulk"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        does="Stop"
        isDanger
        consequence="It takes no more cases. What it has taken is finished; the others stay as they are."
        onConfirm={async (reason, client) => {
          await client.POST('/api/cases/v1/bulk-actions/{bulk}/stop', {
            params: { path: { bulk: bulk.id } },
            body: { reason },
          });
          await queries.invalidateQueries({ queryKey: ['cases', 'bulk', bulk.id] });
        }}
      />
    </>
  );
}

function Progress({ bulk }: { readonly bulk: Bulk }) {
  return (
    <>
      <progress
        className="bulk-progress"
        value={bulk.looked}
        max={Math.max(1, bulk.total)}
        aria-label="How far it is"
      />
      <Stats>
        <Stat label="Looked at" value={count(bulk.looked)} note={`of ${count(bulk.total)}`} />
        <Stat label="Done" value={count(bulk.applied)} {...(bulk.applied > 0 ? { tone: 'good' as const } : {})} />
        <Stat label="Did not fit any more" value={count(bulk.ignored)} />
        <Stat label="Refused" value={count(bulk.refused)} {...(bulk.refused > 0 ? { tone: 'bad' as const } : {})} />
      </Stats>
      {bulk.refusals.length === 0 ? null : (
        <Section title="Refused because">
          <ul>
            {bulk.refusals.map(({ because, count: many }) => (
              <li key={because}>
                {counted(many, 'case')}: {because}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** An act on a whole cause, and how far it is. */
export function BulkPage() {
  const id = Router.useRoute(['Bulk'])?.params.bulkId ?? '';
  const { data: bulk, error, refetch } = useQuery(bulkQuestion(id));
  return (
    <Page
      title={bulk === undefined ? 'A bulk' : `${sentenceCase(bulk.action)} ${counted(bulk.total, 'case')}`}
      above={{ to: Router.Cases(), title: 'Cases' }}
      actions={bulk === undefined ? undefined : <StopBulk bulk={bulk} />}
    >
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {bulk === undefined ? (
        error === null ? (
          <Skeleton label="The bulk" lines={6} />
        ) : null
      ) : (
        <>
          <Card>
            <Facts
              facts={[
                [
                  'State',
                  <Badge key="state" tone={bulk.state === 'finished' ? 'good' : toneOf(bulk.state)}>
                    {sentenceCase(bulk.state)}
                  </Badge>,
                ],
                [
                  'Cause',
                  <a key="group" href={Router.CaseGroup({ group: bulk.group })}>
                    {bulk.group}
                  </a>,
                ],
                ['Asked by', actor(bulk.by)],
                ['Allowed by', bulk.approvedBy === undefined ? undefined : actor(bulk.approvedBy)],
                ['Reason', bulk.reason],
                ['Given to', bulk.to ?? undefined],
                ['Began', <When key="at" at={bulk.at} shows="both" />],
                [
                  'Ended',
                  bulk.finishedAt === undefined ? undefined : <When key="end" at={bulk.finishedAt} shows="both" />,
                ],
              ]}
            />
          </Card>
          <Progress bulk={bulk} />
        </>
      )}
    </Page>
  );
}
