import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { DueDay } from '../../parts/due-day.tsx';
import { Json } from '../../parts/json.tsx';
import { Card, Facts, Page, Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { counted } from '../../words/count.ts';
import { money } from '../../words/money.ts';
import { sentenceCase } from '../../words/names.ts';
import { CaseStanding } from '../cases/case-columns.tsx';
import { Acts, NotNow } from './acts.tsx';
import { History, Notes } from './history.tsx';
import { type CaseView, caseQuestion } from './question.ts';
import { readable } from './written.ts';
import './case.css';

/** The order that a case is about, where its story names one: `/api/orders/v1/orders/<number>/narrative`. */
const orderOf = ({ links }: CaseView): string | undefined => {
  const found = /^\/api\/orders\/v1\/orders\/([^/]+)\//.exec(links.narrative ?? '');
  return found?.[1] === undefined ? undefined : decodeURIComponent(found[1]);
};

function Standing({ view }: { readonly view: CaseView }) {
  const order = orderOf(view);
  const { fault, effect, run } = view;
  return (
    <Card>
      <Facts
        facts={[
          ['Stands', <CaseStanding key="standing" line={view} />],
          [
            'Cause',
            <Link key="cause" to={Router.CaseGroup({ group: view.group })}>
              {sentenceCase(view.cause)}
            </Link>,
          ],
          [
            'About',
            order === undefined ? (
              view.key
            ) : (
              <Link key="about" to={Router.Order({ orderNumber: order })}>
                {view.key}
              </Link>
            ),
          ],
          ['Customer', view.customer],
          ['At risk', view.worth === undefined ? undefined : money(view.worth)],
          [
            'Ship-by',
            view.shipBy === undefined ? undefined : (
              <DueDay key="ship" by={view.shipBy} says={view.state === 'closed' ? 'day' : 'lateness'} />
            ),
          ],
          ['Opened', <When key="opened" at={view.openedAt} shows="both" />],
          [
            'Deadline',
            view.deadlineAt === undefined ? undefined : <When key="deadline" at={view.deadlineAt} shows="both" />,
          ],
          ['Owner', view.owner ?? 'nobody'],
          ['Escalated', view.level === 0 ? undefined : counted(view.level, 'time')],
          ['System', view.instance],
          ['It said', fault === undefined ? undefined : `${fault.message} (${fault.kind}: ${fault.code})`],
          ['In its words', fault?.said],
          [
            'Effect',
            effect === undefined ? undefined : `${sentenceCase(effect.name ?? effect.key)}: ${effect.standing}`,
          ],
          ['Key', effect === undefined ? undefined : <code key="key">{effect.key}</code>],
          ['The run', run === undefined ? undefined : `${sentenceCase(run.state)}. ${run.means ?? ''}`],
          ['Closed', view.closedAt === undefined ? undefined : <When key="closed" at={view.closedAt} shows="both" />],
          ['Because', view.closedBecause],
        ]}
      />
    </Card>
  );
}

/** One case: what is wrong, what is at risk, what may be done, and what was done. */
export function CasePage() {
  const id = Router.useRoute(['Case'])?.params.caseId ?? '';
  const { data: view, error, refetch } = useQuery(caseQuestion(id));
  return (
    <Page
      title={view === undefined ? 'A case' : `${sentenceCase(view.cause)}: ${view.key}`}
      lede={view?.summary}
      above={{ to: Router.Cases(), title: 'Cases' }}
      actions={view === undefined ? undefined : <Acts view={view} order={orderOf(view)} />}
    >
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {view === undefined ? (
        error === null ? (
          <Skeleton label="The case" lines={10} />
        ) : null
      ) : (
        <>
          <Standing view={view} />
          <NotNow view={view} />
          {view.message === undefined ? null : (
            <Section
              title="The message"
              note={`${view.message.source}, ${counted(view.message.attempts, 'attempt')}${view.message.followers === 0 ? '' : `, ${counted(view.message.followers, 'message')} behind it`}`}
            >
              <Json label="The message as it came" value={readable(view.message.original)} />
            </Section>
          )}
          {view.request === undefined ? null : (
            <Section title="What was asked">
              <Json label="Request" value={view.request} />
            </Section>
          )}
          <div className="beside">
            <Section title="What was done">
              <History view={view} />
            </Section>
            <Section title="Notes">
              <Notes view={view} />
            </Section>
          </div>
        </>
      )}
    </Page>
  );
}
