import type { Static } from 'typebox';
import { type Arrow, arrowsOf, type Table } from '#platform/engine';
import type { Asking } from '../exchanges/order-exchange.ts';
import type { FlowPicture } from '../picture-schema.ts';
import type { RecordedRun } from '../record/order-record.ts';
import { deadlineInWords } from './deadline-in-words.ts';
import { journeyOf, type Step } from './journey.ts';
import { waitsFor } from './waits-for.ts';

type Picture = Static<typeof FlowPicture>;
type State = Picture['states'][number];

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1_000);

const words = (name: string): string => name.replaceAll('-', ' ');

function kindOf(table: Table | undefined, name: string, isEnd: boolean): State['kind'] {
  const state = table?.states[name];
  if (state === undefined) return isEnd ? 'final' : 'waiting';
  if (state.choose !== undefined) return 'choice';
  return state.ends === undefined ? 'waiting' : 'final';
}

/** The states of the table; of a version that is not known any more, those that the run was in. */
function statesOf(table: Table | undefined, journey: readonly Step[], endedIn: string | undefined): readonly State[] {
  const names = new Set([...Object.keys(table?.states ?? {}), ...journey.map(({ state }) => state)]);
  return [...names].map((name): State => {
    const stays = journey.filter(({ state }) => state === name);
    const [first] = stays;
    return {
      name,
      means: table?.states[name]?.means ?? '',
      kind: kindOf(table, name, name === endedIn),
      runs: (table?.states[name]?.run ?? []).map((effect) => words(effect.name)),
      visits: stays.length,
      seconds: seconds(stays.reduce((total, { milliseconds }) => total + milliseconds, 0)),
      ...(first === undefined ? {} : { firstEnteredAt: first.at }),
    };
  });
}

const same = (arrow: Arrow, { from, state, undoing }: Step): boolean =>
  arrow.from === from && arrow.to === state && arrow.undoing === undoing;

/** The arrows of the table, and those on which a person or another version sent the run. */
function arrowsTaken(table: Table | undefined, journey: readonly Step[]): Picture['arrows'] {
  const known: Arrow[] = table === undefined ? [] : [...arrowsOf(table)];
  for (const step of journey) {
    if (step.from === undefined || known.some((arrow) => same(arrow, step))) continue;
    const on = table !== undefined && step.undoing && table.abandonTo === step.state ? ['given up by a person'] : [];
    known.push({ from: step.from, to: step.state, on, undoing: step.undoing });
  }
  return known.map((arrow) => ({
    ...arrow,
    on: [...arrow.on],
    taken: journey.filter((step) => same(arrow, step)).length,
  }));
}

/** One run's flow as a picture, with the way that it has gone. `table`: of its version, where that is known. */
export function flowPicture(
  recorded: RecordedRun,
  table: Table | undefined,
  runs: readonly RecordedRun[],
  askings: readonly Asking[],
  asOf: string,
): Picture {
  const { flow, key, run } = recorded;
  const journey = journeyOf(recorded, asOf);
  const last = journey.at(-1);
  const state = run?.state ?? last?.state ?? '';
  const due = deadlineInWords(recorded, table);
  return {
    flow,
    key,
    version: run?.version ?? table?.version ?? 0,
    start: table?.start ?? journey[0]?.state ?? state,
    state,
    phase: run?.phase ?? 'forward',
    enteredAt: last?.at ?? asOf,
    ...(due === undefined ? {} : { deadline: due }),
    waitsFor: [...waitsFor(recorded, table, runs, askings)],
    states: [...statesOf(table, journey, run?.phase === 'ended' ? state : undefined)],
    arrows: arrowsTaken(table, journey),
    path: journey.map(({ state: name, at, milliseconds }) => ({ state: name, at, seconds: seconds(milliseconds) })),
  };
}
