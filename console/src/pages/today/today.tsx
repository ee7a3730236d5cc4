import './today.css';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Router } from '../../app/routes.ts';
import { useMay } from '../../client/me.ts';
import { later } from '../../parts/later.ts';
import { Page, Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Stat, Stats } from '../../parts/stat.tsx';
import { count, counted } from '../../words/count.ts';
import { clock } from '../../words/when.ts';
import { CaseCauses } from './case-causes.tsx';
import { Feeds } from './feeds.tsx';
import { Lanes } from './lanes.tsx';
import { type Stages, stagesQuery } from './queries.ts';
import { StagePicture } from './stage-picture.tsx';
import { Trucks } from './trucks.tsx';

const FirstSteps = later(() => import('./first-steps.tsx'), 'FirstSteps');

const openOf = ({ stages }: Stages): number =>
  stages.reduce((sum, { kind, count: number }) => (kind === 'ended' ? sum : sum + number), 0);

function lede(stages: Stages): string {
  const open = openOf(stages);
  const held = stages.stages.reduce((sum, stage) => (stage.kind === 'held' ? sum + stage.count : sum), 0);
  if (open === 0) return 'No order is open.';
  return `${counted(open, 'open order')}, ${held === 0 ? 'none of them held' : `${count(held)} held`}.`;
}

function Counters({ stages }: { readonly stages: Stages }) {
  const { accepted, shipped, completed, cancelled } = stages.today;
  return (
    <Stats>
      <Stat label="Open now" value={count(openOf(stages))} to={Router.Orders({ phase: 'open' })} />
      <Stat label="Accepted today" value={count(accepted)} to={Router.Orders({ from: clock.day(new Date()) })} />
      <Stat label="Shipped today" value={count(shipped)} />
      {/* No list is of the orders that ended today. */}
      <Stat label="Completed today" value={count(completed)} />
      <Stat label="Cancelled today" value={count(cancelled)} />
    </Stats>
  );
}

/** What is going on today, in one look. */
export function Today() {
  const { data, error, refetch } = useQuery(stagesQuery);
  const mayCases = useMay('cases:read');
  const mayLanes = useMay('lanes:read');
  const mayFeeds = useMay('feeds:read');
  const isNew =
    data !== undefined &&
    openOf(data) === 0 &&
    Object.values(data.today).every((number) => number === 0) &&
    data.moves.length === 0;
  return (
    <Page title="Today" lede={data === undefined ? ' ' : lede(data)}>
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <div className="today-waits">
            <Skeleton label="Stages" lines={10} />
          </div>
        ) : null
      ) : isNew ? (
        <Suspense fallback={<Skeleton label="First steps" />}>
          <FirstSteps />
        </Suspense>
      ) : (
        <>
          <Counters stages={data} />
          <Section
            title="Orders by stage"
            note={<span className="stage-note">Arrows: which way they went in the last 24 hours</span>}
          >
            <StagePicture stages={data.stages} moves={data.moves} />
          </Section>
        </>
      )}
      {isNew ? null : <Trucks />}
      {mayCases ? <CaseCauses /> : null}
      <div className="today-tables">
        {mayLanes ? <Lanes /> : null}
        {mayFeeds ? <Feeds /> : null}
      </div>
    </Page>
  );
}
