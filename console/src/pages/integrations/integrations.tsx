import './integrations.css';
import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { useMay } from '../../client/me.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { feedsQuery } from '../../parts/system-queries.ts';
import { counted } from '../../words/count.ts';
import { FeedCard } from './feed-card.tsx';

/** How the outside systems tell Crossdock what happened, and how fresh that is. */
export function Integrations() {
  const system = Router.useRoute(['Integrations'])?.params.system;
  const { data, error, refetch } = useQuery(feedsQuery);
  const mayLanes = useMay('lanes:read');
  const feeds = data?.feeds.filter((feed) => system === undefined || feed.system === system);
  return (
    <Page
      title={system === undefined ? 'Integrations' : `Integrations of ${system}`}
      {...(system === undefined ? {} : { above: { to: Router.Integrations(), title: 'Integrations' } })}
      lede={
        data === undefined
          ? 'How the outside systems tell Crossdock what happened.'
          : `${counted(feeds?.length ?? 0, 'feed')} by which outside systems tell Crossdock what happened.`
      }
      actions={
        system !== undefined && mayLanes ? (
          <Link to={Router.System({ lane: system })}>What is sent to {system}</Link>
        ) : undefined
      }
    >
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {feeds === undefined ? (
        error === null ? (
          <Skeleton label="Feeds" lines={10} />
        ) : null
      ) : feeds.length === 0 ? (
        <Empty
          title={system === undefined ? 'No system tells Crossdock anything by a feed.' : `${system} has no feed.`}
        >
          The configuration says which systems there are; docs/configuration.md says how.
        </Empty>
      ) : (
        <ul className="feeds">
          {feeds.map((feed) => (
            <FeedCard key={feed.feed} feed={feed} />
          ))}
        </ul>
      )}
    </Page>
  );
}
