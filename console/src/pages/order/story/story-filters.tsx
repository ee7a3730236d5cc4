import { useMemo } from 'react';
import { changeAddress } from '../../../parts/address.ts';
import { count } from '../../../words/count.ts';
import type { StoryFilter } from './story-groups.ts';
import type { StoryLine } from './story-line.ts';
import { actorKey, actorOf } from './who.ts';

const kindWords: Readonly<Record<string, string>> = {
  state: 'States',
  message: 'Messages',
  effect: 'Effects',
  hold: 'Holds',
  person: 'People',
  case: 'Cases',
  fact: 'Facts',
  run: 'Beginnings and ends',
};

interface Choice {
  readonly value: string;
  readonly title: string;
  readonly lines: number;
}

function choicesOf(story: readonly StoryLine[], member: 'what' | 'who'): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const line of story) {
    const value = member === 'what' ? line.what : actorKey(line.who);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, lines]) => ({
      value,
      lines,
      title: member === 'what' ? (kindWords[value] ?? value) : actorOf(value).name,
    }))
    .toSorted((a, b) => b.lines - a.lines);
}

interface ChipsProps {
  readonly label: string;
  readonly name: 'kinds' | 'actors';
  readonly choices: readonly Choice[];
  readonly chosen: ReadonlySet<string>;
}

function Chips({ label, name, choices, chosen }: ChipsProps) {
  const toggle = (value: string): void => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    changeAddress({ [name]: [...next].join(',') });
  };
  return (
    <fieldset className="story-chips">
      <legend>{label}</legend>
      {choices.map(({ value, title, lines }) => (
        <button key={value} type="button" aria-pressed={chosen.has(value)} onClick={() => toggle(value)}>
          {title} <span>{count(lines)}</span>
        </button>
      ))}
    </fieldset>
  );
}

interface Props {
  readonly story: readonly StoryLine[];
  readonly filter: StoryFilter;
  readonly newestFirst: boolean;
}

/** What of the story is shown, and which way round. It stands in the address. */
export function StoryFilters({ story, filter, newestFirst }: Props) {
  const kinds = useMemo(() => choicesOf(story, 'what'), [story]);
  const actors = useMemo(() => choicesOf(story, 'who'), [story]);
  return (
    <div className="story-filters">
      <div className="story-chip-rows">
        <Chips label="What" name="kinds" choices={kinds} chosen={filter.kinds} />
        <Chips label="Who" name="actors" choices={actors} chosen={filter.actors} />
      </div>
      <label className="story-order">
        Order
        <select
          value={newestFirst ? 'newest' : 'oldest'}
          onChange={(event) => changeAddress({ first: event.target.value === 'oldest' ? 'oldest' : undefined })}
        >
          <option value="newest">Newest first</option>
          <option value="oldest">Oldest first</option>
        </select>
      </label>
    </div>
  );
}
