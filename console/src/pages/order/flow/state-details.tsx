import { StateBadge } from '../../../parts/badge.tsx';
import { Facts } from '../../../parts/page.tsx';
import { When } from '../../../parts/when.tsx';
import { duration } from '../../../words/duration.ts';
import { sentenceCase } from '../../../words/names.ts';
import type { FlowPicture } from '../answers.ts';

type Arrow = FlowPicture['arrows'][number];

const arrowWords = ({ on, undoing, taken }: Arrow): string => {
  const why = on.length === 0 ? 'by what is found' : on.join(', ');
  const times = taken === 0 ? '' : taken === 1 ? ', taken once' : `, taken ${taken} times`;
  return `${why}${undoing ? ', undoing what was done' : ''}${times}`;
};

/** A state of a flow and what this run has seen of it. */
export function StateDetails({ picture, name }: { readonly picture: FlowPicture; readonly name: string }) {
  const state = picture.states.find((each) => each.name === name);
  if (state === undefined) return null;
  const isCurrent = name === picture.state;
  const arrows = picture.arrows.filter(({ from }) => from === name);
  return (
    <section className="flow-details" aria-label={`State ${sentenceCase(name)} of ${picture.key}`} aria-live="polite">
      <h3>
        <StateBadge state={name} />
        {isCurrent ? <span className="flow-now">now</span> : null}
      </h3>
      <p>{state.means}</p>
      {isCurrent && picture.deadline !== undefined ? (
        <p className="flow-deadline">
          <When at={picture.deadline.at} shows="both" />: {picture.deadline.consequence}
        </p>
      ) : null}
      {isCurrent && picture.waitsFor.length > 0 ? <p>Waits for {picture.waitsFor.join('; ')}.</p> : null}
      <Facts
        facts={[
          ['Entered', state.visits === 0 ? 'never' : state.visits === 1 ? 'once' : `${state.visits} times`],
          ['Time there', state.visits === 0 || state.kind !== 'waiting' ? undefined : duration(state.seconds)],
          [
            'First',
            state.firstEnteredAt === undefined ? undefined : (
              <When key="first" at={state.firstEnteredAt} shows="second" />
            ),
          ],
          ['Does', state.runs.length === 0 ? undefined : state.runs.map(sentenceCase).join(', ')],
        ]}
      />
      {arrows.length === 0 ? null : (
        <>
          <h4>Goes on to</h4>
          <ul>
            {arrows.map((arrow) => (
              <li key={`${arrow.to} ${arrow.on.join()} ${arrow.undoing}`} data-taken={arrow.taken > 0 || undefined}>
                <strong>{sentenceCase(arrow.to)}</strong>: {arrowWords(arrow)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
