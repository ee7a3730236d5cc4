import { Link } from '@swan-io/chicane';
import { Router } from '../../app/routes.ts';
import { useNow } from '../../parts/now.ts';
import { counted, shortCount } from '../../words/count.ts';
import { duration, shortDuration } from '../../words/duration.ts';
import { moneys, shortMoney } from '../../words/money.ts';
import { sentenceCase } from '../../words/names.ts';
import { clock } from '../../words/when.ts';
import type { Stage } from './queries.ts';
import { isLong } from './stage-standing.ts';

/** How old the oldest is, beside the usual stay. */
function Age({ stage, now }: { readonly stage: Stage; readonly now: Date }) {
  const { oldestEnteredAt, usualSeconds } = stage;
  const usual = usualSeconds === undefined ? undefined : `usually ${shortDuration(usualSeconds)}`;
  if (oldestEnteredAt === undefined) return <span className="stage-age">{usual ?? ''}</span>;
  const seconds = Math.max(0, (now.valueOf() - new Date(oldestEnteredAt).valueOf()) / 1_000);
  const long = isLong(seconds, usualSeconds);
  const title = [
    `The oldest is here since ${clock.exact(oldestEnteredAt)}, ${duration(seconds)}`,
    ...(usualSeconds === undefined ? [] : [`usually it takes ${duration(usualSeconds)}`]),
  ].join('; ');
  return (
    <span className="stage-age" title={title}>
      <span className={long ? 'warn-text' : undefined}>
        {long ? '▲ ' : ''}oldest {shortDuration(seconds)}
      </span>
      {usual === undefined ? null : <span className="stage-usual">{usual}</span>}
    </span>
  );
}

/** A stage: how many orders stand there, for how long, for how much. Leads to them. */
export function StageBox({ stage }: { readonly stage: Stage }) {
  const now = useNow();
  const { state, kind, count, worth, withCases, means } = stage;
  const isEnded = kind === 'ended';
  const to = isEnded ? Router.Orders({ state, phase: 'ended' }) : Router.Orders({ state, sort: 'longest-in-state' });
  return (
    <div className={`stage ${kind} ${count === 0 ? 'none' : ''}`}>
      <Link className="stage-link" to={to} title={`${sentenceCase(state)}: ${means}`}>
        <span className="stage-name">{sentenceCase(state)}</span>
        <span className="stage-count">
          {shortCount(count)}
          <span className="hidden"> orders</span>
        </span>
      </Link>
      <span className="stage-worth" title={moneys(worth)}>
        {count === 0 ? '' : moneys(worth, shortMoney)}
      </span>
      {isEnded ? null : <Age stage={stage} now={now} />}
      {withCases === 0 ? null : (
        <Link className="stage-cases" to={Router.Orders({ state, withCases: 'true' })}>
          {counted(withCases, 'with a case', 'with cases')}
        </Link>
      )}
    </div>
  );
}
