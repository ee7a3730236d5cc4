import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { feedBecause, feedHealth } from '../../parts/feed-words.ts';
import { type Column, List } from '../../parts/list.tsx';
import { Section } from '../../parts/page.tsx';
import { type Feed, feedsQuery } from '../../parts/system-queries.ts';
import { When } from '../../parts/when.tsx';
import { shortDuration } from '../../words/duration.ts';
import { toneOf } from '../../words/tones.ts';

const columns: readonly Column<Feed>[] = [
  { name: 'feed', title: 'Feed', wraps: true, cell: ({ feed }) => <span title={feed}>{feed}</span> },
  {
    name: 'health',
    title: 'Health',
    width: '7rem',
    cell: (feed) => (
      <Badge tone={toneOf(feed.health)} title={feedBecause(feed)}>
        {feedHealth(feed)}
      </Badge>
    ),
  },
  {
    name: 'message',
    title: 'Last message',
    width: '7rem',
    cell: ({ lastMessageAt }) =>
      lastMessageAt === undefined ? <span className="muted">none yet</span> : <When at={lastMessageAt} />,
  },
  {
    name: 'latency',
    title: 'Latency',
    align: 'end',
    width: '4.5rem',
    hideBelow: 'phone',
    cell: ({ latencySeconds }) =>
      latencySeconds === undefined ? <span className="muted">–</span> : shortDuration(latencySeconds.median),
  },
];

/** The feeds and how fresh they are. */
export function Feeds() {
  const { data, error, refetch } = useQuery(feedsQuery);
  return (
    <Section title="Feeds" aside={<Link to={Router.Integrations()}>All feeds</Link>}>
      <List
        label="Feeds"
        columns={columns}
        rows={data?.feeds}
        rowKey={({ feed }) => feed}
        rowLink={({ system }) => Router.Integrations({ system })}
        problem={error}
        retry={() => void refetch()}
        empty={<Empty title="No system tells Crossdock anything by a feed." />}
        expected={4}
        hasKeys={false}
      />
    </Section>
  );
}
