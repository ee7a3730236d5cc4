import type { Duration, DurationOf } from './duration.ts';
import type { Line, Table, TableState } from './table.ts';

const words = (name: string): string => name.replaceAll(/[.-]/g, ' ');

function inWords({ milliseconds, calendar }: Duration): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const;
  const [unit, size] = units.find(([, candidate]) => milliseconds % candidate === 0) ?? units[3];
  const count = milliseconds / size;
  return `${count} ${calendar === 'business' ? 'business ' : ''}${unit}${count === 1 ? '' : 's'}`;
}

const lastsAtMost = (within: DurationOf<unknown>): string =>
  typeof within === 'function' ? 'as its document says' : inWords(within);

/** A way from one state to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The events that lead there, in words; none from a choice. */
  readonly on: readonly string[];
  /** What was done is undone on the way. */
  readonly undoing: boolean;
}

/** Each line of the table as an arrow of its own. */
const lineArrows = (from: string, state: TableState): readonly Arrow[] => [
  ...(state.on ?? []).flatMap(({ event, to, unwindTo }: Line): readonly Arrow[] => {
    const target = to ?? unwindTo;
    return target === undefined ? [] : [{ from, to: target, on: [words(event.name)], undoing: to === undefined }];
  }),
  ...(state.choose ?? []).map(({ to }): Arrow => ({ from, to, on: [], undoing: false })),
];

/** Every way that a flow's table allows, each once: lines between the same two states are one arrow with several events. */
export function arrowsOf(table: Table): readonly Arrow[] {
  const found = new Map<string, Arrow>();
  for (const [name, state] of Object.entries(table.states)) {
    for (const arrow of lineArrows(name, state)) {
      const id = `${name} ${arrow.to} ${arrow.undoing}`;
      found.set(id, { ...arrow, on: [...new Set([...(found.get(id)?.on ?? []), ...arrow.on])] });
    }
  }
  return [...found.values()];
}

const inMermaid = ({ from, to, on, undoing }: Arrow): string =>
  `  ${from} --> ${to}${on.length === 0 ? '' : `: ${on.join(', ')}${undoing ? ', undoing' : ''}`}`;

const arrows = (name: string, state: TableState): readonly string[] => [
  ...lineArrows(name, state).map(inMermaid),
  ...(state.ends === undefined ? [] : [`  ${name} --> [*]`]),
];

/** The flow's picture as a Mermaid state diagram, from its table. */
export function drawFlow(table: Table): string {
  const states = Object.entries(table.states);
  const choices = states.filter(([, state]) => state.choose).map(([name]) => `  state ${name} <<choice>>`);
  const lines = states.flatMap(([name, state]) => arrows(name, state));
  return ['stateDiagram-v2', ...choices, `  [*] --> ${table.start}`, ...new Set(lines)].join('\n');
}

/** The flow's states as a Markdown table: what each means, what it runs, how long it may last. */
export function tabulateFlow(table: Table): string {
  const rows = Object.entries(table.states).map(([name, state]) => {
    const effects = (state.run ?? []).map((effect) => `\`${effect.name}\``).join(', ');
    const warned = state.warnAt === undefined ? '' : `, warned at ${Math.round(state.warnAt * 100)} %`;
    const lasts = state.within ? `${lastsAtMost(state.within)}${warned}` : (state.ends ?? 'left at once');
    return `| ${name} | ${state.means} | ${effects} | ${lasts} |`;
  });
  return ['| state | means | runs | lasts at most |', '|---|---|---|---|', ...rows].join('\n');
}
