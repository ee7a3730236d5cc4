import { TimeLineEntry } from '../../../parts/time-line.tsx';
import { clock } from '../../../words/when.ts';
import { ActorSign } from './actor-sign.tsx';
import { timeOfDay } from './days.ts';
import { entryOf } from './entry.ts';
import type { Moment, PlacedLine } from './story-groups.ts';
import { StoryPayload } from './story-payload.tsx';

/** What of a line catches the eye. */
function toneOfLine({ what, details }: PlacedLine): string {
  const { kind } = entryOf(details);
  const { outcome, verdict } = (details ?? {}) as { readonly outcome?: string; readonly verdict?: string };
  if (outcome === 'refused' || outcome === 'failed' || verdict === 'unexpected') return 'bad';
  if (kind === 'case-opened' || kind === 'unwinding') return 'warn';
  return what === 'state' || what === 'person' ? what : 'quiet';
}

function Line({ line, isCause, run }: { readonly line: PlacedLine; readonly isCause: boolean; readonly run?: string }) {
  return (
    <div className="story-line" data-tone={toneOfLine(line)} data-cause={isCause || undefined}>
      <StoryPayload summary={line.summary} details={line.details} />
      {run === undefined ? null : <span className="story-run">{run}</span>}
    </div>
  );
}

/** One moment: what set it going, and below it what followed. */
export function StoryMoment({ moment, orderNumber }: { readonly moment: Moment; readonly orderNumber: string }) {
  const { at, cause, effects, run } = moment;
  const key = run.slice(run.indexOf('/') + 1);
  // Whose journal it is, where it is not the order's own and the sentence does not say so.
  const elsewhere = key === orderNumber || cause.summary.includes(key) ? {} : { run: key };
  return (
    <TimeLineEntry at={at} time={timeOfDay(at)} exactly={clock.exact(at)} sign={<ActorSign who={cause.who} />}>
      <Line line={cause} isCause={true} {...elsewhere} />
      {effects.map((line) => (
        <Line key={line.place} line={line} isCause={false} />
      ))}
    </TimeLineEntry>
  );
}
