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

const arrows = (name: string, state: TableState): readonly string[] => [
  ...(state.on ?? []).flatMap(({ event, to, unwindTo }: Line) => {
    if (to !== undefined) return [`  ${name} --> ${to}: ${words(event.name)}`];
    return unwindTo === undefined ? [] : [`  ${name} --> ${unwindTo}: ${words(event.name)}, undoing`];
  }),
  ...(state.choose ?? []).map(({ to }) => `  ${name} --> ${to}`),
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
