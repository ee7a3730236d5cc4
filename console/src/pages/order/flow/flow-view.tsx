import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { changeAddress, useAddress } from '../../../parts/address.ts';
import { FlowPicture as Drawn, type PicturedState } from '../../../parts/flow-picture.tsx';
import { Section } from '../../../parts/page.tsx';
import { When } from '../../../parts/when.tsx';
import { duration } from '../../../words/duration.ts';
import { sentenceCase } from '../../../words/names.ts';
import { Answered } from '../answered.tsx';
import type { FlowPicture } from '../answers.ts';
import { picturesQuestion } from '../questions.ts';
import { flowGraph } from './flow-graph.ts';
import { StateDetails } from './state-details.tsx';
import '../../../parts/field.css';
import './flow.css';

type State = FlowPicture['states'][number];

/** A whole flow is wider than a phone: there only the way that was gone is shown until one asks for more. */
const isNarrow = (): boolean => window.matchMedia('(max-width: 45rem)').matches;

/** Whether only what was gone through is shown. */
function useOnlyVisited(): boolean {
  const { states } = useAddress();
  return states === undefined ? isNarrow() : states === 'visited';
}

const noteOf = ({ visits, seconds, kind }: State): string | undefined => {
  if (visits === 0 || kind === 'choice') return undefined;
  const often = visits === 1 ? [] : [`${visits}×`];
  // How long it has ended says nothing about it.
  const long = kind === 'final' ? [] : [seconds < 1 ? 'below 1 s' : duration(seconds)];
  const note = [...often, ...long].join(' · ');
  return note === '' ? undefined : note;
};

function picturedStates({ states, state }: FlowPicture): ReadonlyMap<string, PicturedState> {
  return new Map(
    states.map((each) => {
      const note = noteOf(each);
      const standing = each.name === state ? 'current' : each.visits > 0 ? 'visited' : 'untaken';
      const { name, kind } = each;
      return [name, { name, words: sentenceCase(name), kind, standing, ...(note === undefined ? {} : { note }) }];
    }),
  );
}

/** The way that was gone, in words: what the picture shows to who does not see it. */
function Path({ picture }: { readonly picture: FlowPicture }) {
  return (
    <details className="flow-path">
      <summary>The way it went, in words</summary>
      <ol>
        {picture.path.map(({ state, at, seconds }, step) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a way has only steps appended.
          <li key={step}>
            <When at={at} shows="second" /> {sentenceCase(state)}, {seconds < 1 ? 'below a second' : duration(seconds)}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Picture({ picture, isOrder }: { readonly picture: FlowPicture; readonly isOrder: boolean }) {
  const { at } = useAddress();
  const onlyVisited = useOnlyVisited();
  const graph = useMemo(() => flowGraph(picture, onlyVisited), [picture, onlyVisited]);
  const states = useMemo(() => picturedStates(picture), [picture]);
  const [selectedKey, selectedState] = (at ?? '').split('.');
  const selected = selectedKey === picture.key && states.has(selectedState ?? '') ? selectedState : undefined;
  const title = isOrder ? `Order ${picture.key}` : `Fulfilment ${picture.key}`;
  return (
    <Section title={title} note={`${sentenceCase(picture.flow)}, version ${picture.version}`}>
      <div className="flow-and-state">
        <Drawn
          label={`Flow of ${title.toLowerCase()}: it is ${states.get(picture.state)?.words ?? picture.state}`}
          graph={graph}
          states={states}
          selected={selected ?? picture.state}
          onSelect={(name) => changeAddress({ at: `${picture.key}.${name}` })}
        />
        <div className="flow-aside">
          <StateDetails picture={picture} name={selected ?? picture.state} />
          <Path picture={picture} />
        </div>
      </div>
    </Section>
  );
}

/** The view `flow` of an order: its flow with the state lit, and those of its fulfilments. */
export function FlowView({ orderNumber }: { readonly orderNumber: string }) {
  const question = useQuery(picturesQuestion(orderNumber));
  const onlyVisited = useOnlyVisited();
  return (
    <Answered question={question} label="Flow" lines={12}>
      {({ pictures }) => (
        <>
          <label className="check">
            <input
              type="checkbox"
              checked={onlyVisited}
              onChange={({ target }) => changeAddress({ states: target.checked ? 'visited' : 'all' })}
            />
            Only where it went
          </label>
          {pictures.map((picture) => (
            <Picture key={picture.key} picture={picture} isOrder={picture.key === orderNumber} />
          ))}
        </>
      )}
    </Answered>
  );
}
