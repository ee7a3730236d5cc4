import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { laneBecause, laneForecast, laneState } from '../../parts/lane-words.ts';
import { type Column, List } from '../../parts/list.tsx';
import { Meter } from '../../parts/meter.tsx';
import { useNow } from '../../parts/now.ts';
import { Page } from '../../parts/page.tsx';
import { type Lane, lanesQuery } from '../../parts/system-queries.ts';
import { When } from '../../parts/when.tsx';
import { count } from '../../words/count.ts';
import { toneOf } from '../../words/tones.ts';

const inFlight = ({ holders }: Lane): number => holders.reduce((sum, holder) => sum + holder.inFlight, 0);

const columnsAt = (now: Date): readonly Column<Lane>[] => [
  { name: 'lane', title: 'System', width: '9rem', cell: ({ lane }) => <span title={lane}>{lane}</span> },
  {
    name: 'state',
    title: 'State',
    width: '10.5rem',
    cell: (lane) => <Badge tone={toneOf(lane.state)}>{laneState(lane)}</Badge>,
  },
  {
    name: 'because',
    title: 'Because',
    hideBelow: 'wide',
    wraps: true,
    cell: (lane) => laneBecause(lane, now) ?? <span className="muted">Calls go through</span>,
  },
  {
    name: 'use',
    title: 'Under way',
    width: '9rem',
    hideBelow: 'phone',
    cell: (lane) => <Meter value={inFlight(lane)} most={lane.budget.concurrency} label="calls under way" />,
  },
  { name: 'waiting', title: 'Waiting', align: 'end', width: '5.5rem', cell: ({ backlog }) => count(backlog.total) },
  {
    name: 'oldest',
    title: 'Oldest',
    width: '6.5rem',
    hideBelow: 'wide',
    cell: ({ oldest }) => (oldest === undefined ? <span className="muted">–</span> : <When at={oldest} shows="age" />),
  },
  {
    name: 'forecast',
    title: 'Cleared',
    width: '9rem',
    hideBelow: 'phone',
    wraps: true,
    cell: (lane) => <span className={lane.backlog.total === 0 ? 'muted' : undefined}>{laneForecast(lane)}</span>,
  },
];

/** The outside systems: each with its budget, its health, what waits, and when that is gone. */
export function Systems() {
  const { data, error, refetch } = useQuery(lanesQuery);
  const now = useNow();
  return (
    <Page
      title="Systems"
      lede="One lane for each outside system: what the whole installation may ask of it, whether it answers, and what waits."
    >
      <List
        label="Systems"
        columns={columnsAt(now)}
        rows={data?.lanes}
        rowKey={({ lane }) => lane}
        rowLink={({ lane }) => Router.System({ lane })}
        problem={error}
        retry={() => void refetch()}
        empty={
          <Empty title="The configuration names no outside system.">
            Name them under <code>systems</code>; docs/configuration.md says how.
          </Empty>
        }
        expected={4}
      />
    </Page>
  );
}
