import { useQuery } from '@tanstack/react-query';
import { Fragment, useMemo, useState } from 'react';
import { changeAddress, useAddress } from '../../../parts/address.ts';
import { Button } from '../../../parts/button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { useNow } from '../../../parts/now.ts';
import { TimeLine, TimeLineDay, TimeLineGap } from '../../../parts/time-line.tsx';
import { duration } from '../../../words/duration.ts';
import { Answered } from '../answered.tsx';
import type { Narrative } from '../answers.ts';
import { narrativeQuestion } from '../questions.ts';
import { dayHeading, dayOf } from './days.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { StoryFilters } from './story-filters.tsx';
import { isNarrowed, type Moment, momentsOf, narrowed, type StoryFilter } from './story-groups.ts';
import { StoryMoment } from './story-moment.tsx';
import './story.css';

/** Moments that are drawn before one asks for more: a story may have thousands. */
const page = 150;

interface Piece {
  readonly moment?: Moment;
  readonly gap?: Gap;
  readonly day: string;
}

/** Moments and the gaps before them, in the order in which they are read. */
function piecesOf(moments: readonly Moment[], gaps: ReadonlyMap<number, Gap>, newestFirst: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  moments.forEach((moment, place) => {
    const gap = gaps.get(place);
    if (gap !== undefined) pieces.push({ gap, day: dayOf(gap.until) });
    pieces.push({ moment, day: dayOf(moment.at) });
  });
  const last = gaps.get(moments.length);
  if (last !== undefined) pieces.push({ gap: last, day: dayOf(last.until) });
  return newestFirst ? pieces.toReversed() : pieces;
}

const byDay = (pieces: readonly Piece[]): readonly (readonly [day: string, pieces: readonly Piece[]])[] => [
  ...Map.groupBy(pieces, ({ day }) => day),
];

const setOf = (text: string | undefined): ReadonlySet<string> =>
  new Set(text?.split(',').filter((each) => each !== ''));

/** The order's whole story, moment by moment. */
function Story({ narrative, orderNumber }: { readonly narrative: Narrative; readonly orderNumber: string }) {
  const { kinds, actors, first } = useAddress();
  const [shown, setShown] = useState(page);
  const now = useNow().toISOString();
  const filter: StoryFilter = useMemo(() => ({ kinds: setOf(kinds), actors: setOf(actors) }), [kinds, actors]);
  const newestFirst = first !== 'oldest';
  const all = useMemo(() => momentsOf(narrative.story), [narrative]);
  const moments = useMemo(() => narrowed(all, filter), [all, filter]);
  // Between what is left of a narrowed story much happened that is not shown.
  const gaps = useMemo(
    () => (isNarrowed(filter) ? new Map<number, Gap>() : gapsOf(all, { until: now })),
    [all, filter, now],
  );
  const pieces = useMemo(() => piecesOf(moments, gaps, newestFirst), [moments, gaps, newestFirst]);
  return (
    <>
      <StoryFilters story={narrative.story} filter={filter} newestFirst={newestFirst} />
      {pieces.length === 0 ? (
        <Empty title="Nothing of the story is of this kind.">
          <Button onClick={() => changeAddress({ kinds: undefined, actors: undefined })}>Show all of it</Button>
        </Empty>
      ) : (
        <TimeLine label={`Story of order ${orderNumber}`}>
          {byDay(pieces.slice(0, shown)).map(([day, ofDay]) => (
            <TimeLineDay key={day} title={dayHeading(day, now)}>
              {ofDay.map(({ moment, gap }) => (
                <Fragment key={moment?.cause.place ?? `before ${gap?.until}`}>
                  {gap === undefined ? null : (
                    <TimeLineGap length={duration(gap.seconds)}>Nothing happened: {gap.waitedFor}.</TimeLineGap>
                  )}
                  {moment === undefined ? null : <StoryMoment moment={moment} orderNumber={orderNumber} />}
                </Fragment>
              ))}
            </TimeLineDay>
          ))}
        </TimeLine>
      )}
      {pieces.length > shown ? (
        <Button className="story-more" onClick={() => setShown(shown + page * 4)}>
          Show more ({pieces.length - shown} are left)
        </Button>
      ) : null}
    </>
  );
}

/** The view `story` of an order. */
export function StoryView({ orderNumber }: { readonly orderNumber: string }) {
  const question = useQuery(narrativeQuestion(orderNumber));
  return (
    <Answered question={question} label="Story" lines={12}>
      {(narrative) => <Story narrative={narrative} orderNumber={orderNumber} />}
    </Answered>
  );
}
