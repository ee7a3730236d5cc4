import { Badge } from '../../parts/badge.tsx';
import { feedBecause, feedHealth } from '../../parts/feed-words.ts';
import { Facts } from '../../parts/page.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import type { Feed } from '../../parts/system-queries.ts';
import { When } from '../../parts/when.tsx';
import { count, counted } from '../../words/count.ts';
import { duration } from '../../words/duration.ts';
import { sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';

/** Measured latency beside its target. */
function Latency({ feed }: { readonly feed: Feed }) {
  const { latencySeconds, latencyTargetSeconds } = feed;
  if (latencySeconds === undefined) return <>no message in the last hour; target {duration(latencyTargetSeconds)}</>;
  const isOver = latencySeconds.p95 > latencyTargetSeconds;
  return (
    <>
      {duration(latencySeconds.median)}, 95 % within{' '}
      <span className={isOver ? 'warn-text' : undefined}>
        {isOver ? '▲ ' : ''}
        {duration(latencySeconds.p95)}
      </span>
      ; target {duration(latencyTargetSeconds)}
    </>
  );
}

/** A feed: who answers for it, how it is read, how fresh it is, and how much it brought. */
export function FeedCard({ feed }: { readonly feed: Feed }) {
  const { perHour } = feed;
  const messages = perHour.reduce((sum, hour) => sum + hour.messages, 0);
  const unreadable = perHour.reduce((sum, hour) => sum + hour.unreadable, 0);
  const nothing = (words: string) => <span className="muted">{words}</span>;
  const by = feed.readBy === undefined ? '' : ` by ${feed.readBy}`;
  const lastRead =
    feed.lastReadAt === undefined ? (
      nothing('never')
    ) : (
      <>
        <When at={feed.lastReadAt} />
        {by}
      </>
    );
  const lastMessage =
    feed.lastMessageAt === undefined ? nothing('none yet') : <When at={feed.lastMessageAt} shows="both" />;
  const tells = feed.tells.length === 0 ? nothing('nothing yet') : feed.tells.map(sentenceCase).join(', ');
  return (
    <li className="card feed">
      <header>
        <h2 title={feed.feed}>{feed.feed}</h2>
        <Badge tone={toneOf(feed.health)}>{feedHealth(feed)}</Badge>
        <p className="muted">{feedBecause(feed)}</p>
      </header>
      <div className="feed-body">
        <Facts
          facts={[
            ['Owner', feed.owner ?? nothing('nobody is named')],
            ['Connector', feed.connector],
            ['Model', sentenceCase(feed.model)],
            ['Read every', duration(feed.rhythmSeconds)],
            ['Last read', lastRead],
            ['Last message', lastMessage],
            ['Latency in the last hour', <Latency key="latency" feed={feed} />],
            ['Tells', tells],
          ]}
        />
        <figure>
          <Sparkline
            kind="bars"
            width={240}
            height={40}
            values={perHour.map((hour) => hour.messages)}
            label={`Messages an hour in the last 24 hours, ${messages} in all`}
          />
          <figcaption>
            {counted(messages, 'message')} in 24 hours
            {unreadable === 0 ? '' : <span className="bad-text">, {count(unreadable)} could not be read</span>}
          </figcaption>
        </figure>
      </div>
    </li>
  );
}
