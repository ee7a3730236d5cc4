import { Link } from '@swan-io/chicane';
import { Router } from '../../app/routes.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';
import { useAddress } from '../../parts/address.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Json } from '../../parts/json.tsx';
import { useKeyset } from '../../parts/keyset.ts';
import { Card, Facts, Page } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { ShowMore } from '../../parts/show-more.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { When } from '../../parts/when.tsx';
import { actor, sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';
import { type Approval, Decisions } from './decisions.tsx';
import './approvals.css';

const tabs = [
  { value: 'pending', title: 'Waiting' },
  { value: 'decided', title: 'Decided' },
] as const;

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
  const state = isDecided ? 'decided' : 'pending';
  const { rows, more, problem, retry, isStale } = useKeyset(['approvals', 'list', { state }], async (after) => {
    const query = { state, ...(after === undefined ? {} : { after }) } as const;
    const { approvals, next } = await answered(client.GET('/api/approvals/v1/approvals', { params: { query } }));
    return { rows: approvals, next };
  });
  // What waits is not shown as decided while the decided ones come.
  const shown = isStale ? undefined : rows;
  return (
    <Page
      title="Approvals"
      lede="What moves money or goods again takes two persons: one asks for it, another allows it, and only then it is done."
    >
      <Tabs label="Approvals" name="state" tabs={tabs} />
      {problem === null ? null : <ProblemNote problem={problem} retry={retry} />}
      {shown === undefined && problem === null ? <Skeleton label="Approvals" lines={6} /> : null}
      {shown?.length === 0 ? (
        <Empty title={isDecided ? 'Nothing was decided yet.' : 'Nothing waits for a second person.'} />
      ) : null}
      {shown?.map((approval) => (
        <One key={approval.id} approval={approval} />
      ))}
      {shown === undefined ? null : <ShowMore more={more} />}
    </Page>
  );
}
