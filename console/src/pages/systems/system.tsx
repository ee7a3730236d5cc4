import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { laneBecause, laneForecast, laneState } from '../../parts/lane-words.ts';
import { type Column, List } from '../../parts/list.tsx';
import { Meter } from '../../parts/meter.tsx';
import { useNow } from '../../parts/now.ts';
import { Card, Facts, Page, Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { count, counted } from '../../words/count.ts';
import { sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';
import { LaneHistory } from './lane-history.tsx';
import { type LaneDetail, laneQuery } from './lane-query.ts';
import { LaneSwitch } from './lane-switch.tsx';

type Holder = LaneDetail['holders'][number];
type Waiting = LaneDetail['backlog']['byPriority'][number];

const holderColumns: readonly Column<Holder>[] = [
  { name: 'node', title: 'Node', cell: ({ node }) => <span title={node}>{node}</span> },
  {
    name: 'use',
    title: 'Under way',
    width: '10rem',
    cell: ({ inFlight, slots }) => <Meter value={inFlight} most={slots} label="calls under way" />,
  },
];

const waitingColumns: readonly Column<Waiting>[] = [
  { name: 'priority', title: 'Priority', cell: ({ priority }) => sentenceCase(priority) },
  { name: 'count', title: 'Waiting', align: 'end', width: '7rem', cell: (waiting) => count(waiting.count) },
];

function Standing({ lane }: { readonly lane: LaneDetail }) {
  const now = useNow();
  const because = laneBecause(lane, now);
  const { budget, backlog, oldest, drainPerSecond, forecast } = lane;
  return (
    <Card>
      <Facts
        facts={[
          [
            'State',
            <Badge key="state" tone={toneOf(lane.state)}>
              {laneState(lane)}
            </Badge>,
          ],
          ['Because', because],
          [
            'Budget',
            `${counted(budget.concurrency, 'call')} at once${budget.perSecond === undefined ? '' : `, ${count(budget.perSecond)} a second`}`,
          ],
          ['Waiting', backlog.total === 0 ? 'nothing' : counted(backlog.total, 'call')],
          ['Oldest', oldest === undefined ? undefined : <When key="oldest" at={oldest} />],
          ['Drains', drainPerSecond === 0 ? undefined : `${count(drainPerSecond)} a second`],
          [
            'Cleared',
            <span key="forecast" title={forecast.known ? forecast.basis : undefined}>
              {laneForecast(lane)}
              {forecast.known && backlog.total > 0 ? (
                <>
                  {' '}
                  (<When at={forecast.clearsAt} shows="absolute" />)
                </>
              ) : null}
            </span>,
          ],
        ]}
      />
    </Card>
  );
}

/** One outside system: how its lane stands, who uses it, what waits, and what was done to it. */
export function System() {
  const route = Router.useRoute(['System']);
  const name = route?.params.lane ?? '';
  const { data: lane, error, refetch } = useQuery(laneQuery(name));
  return (
    <Page
      title={name}
      above={{ to: Router.Systems(), title: 'Systems' }}
      actions={lane === undefined ? undefined : <LaneSwitch lane={lane} />}
    >
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {lane === undefined ? (
        error === null ? (
          <Skeleton label={name} lines={10} />
        ) : null
      ) : (
        <>
          <Standing lane={lane} />
          <div className="beside">
            <Section title="Held by" note="How many of the calls each node may have under way, and has">
              <List
                label="Nodes"
                columns={holderColumns}
                rows={lane.holders}
                rowKey={({ node }) => node}
                empty={<Empty title="No node uses it now." />}
                hasKeys={false}
              />
            </Section>
            <Section title="What waits" note="The most urgent first">
              <List
                label="Backlog by priority"
                columns={waitingColumns}
                rows={lane.backlog.byPriority}
                rowKey={({ priority }) => priority}
                empty={<Empty title="Nothing waits." />}
                hasKeys={false}
              />
            </Section>
          </div>
          <Section title="History" note="The last twenty, newest first">
            <LaneHistory history={lane.history} />
          </Section>
        </>
      )}
    </Page>
  );
}
