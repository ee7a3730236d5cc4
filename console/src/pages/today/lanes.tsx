import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { laneBecause, laneForecast, laneState } from '../../parts/lane-words.ts';
import { type Column, List } from '../../parts/list.tsx';
import { useNow } from '../../parts/now.ts';
import { Section } from '../../parts/page.tsx';
import { type Lane, lanesQuery } from '../../parts/system-queries.ts';
import { count, shortCount } from '../../words/count.ts';
import { toneOf } from '../../words/tones.ts';

const columnsAt = (now: Date): readonly Column<Lane>[] => [
  { name: 'lane', title: 'System', wraps: true, cell: ({ lane }) => <span title={lane}>{lane}</span> },
  {
    name: 'state',
    title: 'Health',
    width: '10.5rem',
    cell: (lane) => (
      <Badge tone={toneOf(lane.state)} title={laneBecause(lane, now) ?? 'Calls go through.'}>
        {laneState(lane)}
      </Badge>
    ),
  },
  {
    name: 'backlog',
    title: 'Waiting',
    align: 'end',
    width: '5rem',
    cell: ({ backlog }) => <span title={count(backlog.total)}>{shortCount(backlog.total)}</span>,
  },
  {
    name: 'forecast',
    title: 'Cleared',
    width: '8rem',
    hideBelow: 'phone',
    cell: (lane) => (
      <span className={lane.backlog.total === 0 ? 'muted' : undefined} title={laneForecast(lane)}>
        {lane.backlog.total > 0 && !lane.forecast.known ? 'Not known' : laneForecast(lane)}
      </span>
    ),
  },
];

/** The lanes of the outside systems: health, backlog, forecast. */
export function Lanes() {
  const { data, error, refetch } = useQuery(lanesQuery);
  const now = useNow();
  return (
    <Section title="Systems" aside={<Link to={Router.Systems()}>All systems</Link>}>
      <List
        label="Systems"
        columns={columnsAt(now)}
        rows={data?.lanes}
        rowKey={({ lane }) => lane}
        rowLink={({ lane }) => Router.System({ lane })}
        problem={error}
        retry={() => void refetch()}
        empty={<Empty title="The configuration names no outside system." />}
        expected={4}
        hasKeys={false}
      />
    </Section>
  );
}
