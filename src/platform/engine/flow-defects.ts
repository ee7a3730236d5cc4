import { deadline } from './event.ts';
import type { Line, Table, TableEffect, TableState } from './table.ts';

const targetsOf = (state: TableState): readonly string[] => [
  ...(state.on ?? []).flatMap((line) => [line.to, line.unwindTo].filter((target) => target !== undefined)),
  ...(state.choose ?? []).map((branch) => branch.to),
];

const isGuarded = (line: Line): boolean => line.if !== undefined || line.ifSettled === true;

const outcomesOf = (effect: TableEffect): readonly string[] => [
  effect.done.name,
  effect.refused.name,
  effect.failed.name,
];

/** The names of the events that a waiting state decides, by itself or by the flow's defaults. */
function decided(table: Table, state: TableState): ReadonlySet<string> {
  return new Set(
    [
      ...(state.on ?? []).map((line) => line.event),
      ...(state.defer ?? []),
      ...(state.ignore ?? []).map((ignored) => ignored.event),
      ...table.everywhere.map((line) => line.event),
      ...table.ignore.map((ignored) => ignored.event),
    ].map((event) => event.name),
  );
}

/** Every event that some line of the flow speaks of, effects' outcomes and the deadline left out. */
function newsOf(table: Table, waiting: readonly TableState[]): ReadonlySet<string> {
  const outcomes = new Set([...table.effects.values()].flatMap(outcomesOf));
  const names = waiting.flatMap((state) => [...decided(table, state)]);
  return new Set(names.filter((name) => name !== deadline.name && !outcomes.has(name)));
}

/** Can this line be taken while an effect of the state is still unsettled, and does it leave the state? */
function leavesWorkBehind(state: TableState, line: Line): boolean {
  if (line.to === undefined || line.ifSettled) return false;
  const binding = (state.run ?? []).filter((effect) => effect.mayOutlive !== true);
  const [only] = binding;
  if (only === undefined) return false;
  const settlesAll =
    binding.length === 1 && typeof only.occurs === 'string' && outcomesOf(only).includes(line.event.name);
  return !settlesAll;
}

function waitingDefects(table: Table, name: string, state: TableState, news: ReadonlySet<string>): readonly string[] {
  const defects: string[] = [];
  const known = decided(table, state);
  const lines = state.on ?? [];
  if (state.within === undefined) defects.push(`state ${name} waits without a deadline`);
  if (state.warnAt !== undefined && !(state.warnAt > 0 && state.warnAt < 1)) {
    defects.push(`state ${name} warns at ${state.warnAt}: name a share between 0 and 1`);
  }
  if (!known.has(deadline.name)) defects.push(`state ${name} has a deadline and no line for it`);
  for (const effect of state.run ?? []) {
    for (const outcome of outcomesOf(effect)) {
      if (!known.has(outcome)) defects.push(`state ${name} runs ${effect.name} and nobody handles ${outcome}`);
    }
  }
  for (const event of news) if (!known.has(event)) defects.push(`state ${name} does not say what ${event} means there`);
  for (const event of new Set(lines.map((line) => line.event.name))) {
    const last = lines.findLast((line) => line.event.name === event);
    if (last && isGuarded(last)) defects.push(`state ${name}: the last line for ${event} has a guard`);
  }
  for (const line of lines) {
    if (leavesWorkBehind(state, line)) {
      defects.push(
        `state ${name}: ${line.event.name} leaves to ${line.to} while an effect that may not outlive it can be unsettled`,
      );
    }
  }
  if (!targetsOf(state).some((target) => target !== name)) defects.push(`state ${name} has no exit`);
  return defects;
}

function choiceDefects(name: string, state: TableState): readonly string[] {
  const last = (state.choose ?? []).at(-1);
  if (last === undefined) return [`state ${name} has no exit`];
  return last.if === undefined ? [] : [`state ${name}: the last branch has a guard`];
}

function finalDefects(name: string, state: TableState): readonly string[] {
  const busy =
    state.run !== undefined || state.start !== undefined || state.on !== undefined || state.within !== undefined;
  return busy ? [`final state ${name} runs effects, starts children or waits`] : [];
}

function reachable(table: Table): ReadonlySet<string> {
  const seen = new Set<string>();
  const next = [table.start, ...(table.abandonTo === undefined ? [] : [table.abandonTo])];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    next.push(...targetsOf(table.states[name] ?? { means: '' }));
  }
  return seen;
}

/** Effects outlive their state only when every waiting state says what their outcome means. */
function outliverDefects(table: Table, waiting: readonly [string, TableState][]): readonly string[] {
  const outlivers = [...table.effects.values()].filter((effect) => effect.mayOutlive === true);
  return outlivers.flatMap((effect) =>
    outcomesOf(effect).flatMap((outcome) =>
      waiting
        .filter(([, state]) => !decided(table, state).has(outcome))
        .map(
          ([name]) =>
            `state ${name} does not say what ${outcome} means there, and ${effect.name} may outlive its state`,
        ),
    ),
  );
}

/** All that is wrong with a flow's table that the types cannot see; empty when it may run. */
export function flowDefects(table: Table): readonly string[] {
  const states = Object.entries(table.states);
  const waiting = states.filter(([, state]) => state.choose === undefined && state.ends === undefined);
  const news = newsOf(
    table,
    waiting.map(([, state]) => state),
  );
  const reached = reachable(table);
  const careless = [...table.effects.values()]
    .filter(({ discard, ifUnsure }) => discard !== undefined && typeof ifUnsure !== 'function')
    .map(
      ({ name }) => `${name} discards what it cannot ask about: say by ifUnsure how to find out that it was not done`,
    );
  const sameName = states
    .flatMap(([, state]) => state.run ?? [])
    .filter((effect) => table.effects.get(effect.name) !== effect)
    .map((effect) => `two effects are named ${effect.name}`);
  return [
    ...sameName,
    ...careless,
    ...states.flatMap(([name, state]) =>
      targetsOf(state)
        .filter((target) => table.states[target] === undefined)
        .map((target) => `state ${name} leads to ${target}, which does not exist`),
    ),
    ...(table.abandonTo !== undefined && table.states[table.abandonTo] === undefined
      ? [`abandonTo names ${table.abandonTo}, which does not exist`]
      : []),
    ...states.filter(([name]) => !reached.has(name)).map(([name]) => `state ${name} cannot be reached`),
    ...states.flatMap(([name, state]) => {
      if (state.ends !== undefined) return finalDefects(name, state);
      if (state.choose !== undefined) return choiceDefects(name, state);
      return waitingDefects(table, name, state, news);
    }),
    ...outliverDefects(table, waiting),
  ];
}
