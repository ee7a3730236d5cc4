import type { FlowGraph, GraphEdge } from '../../../parts/flow-layout.ts';
import type { FlowPicture } from '../answers.ts';

const letterWidth = 7.2;
const widest = 190;

/** How wide a state's box has to be for its name. */
const widthOf = (name: string): number => Math.min(widest, Math.max(92, Math.round(name.length * letterWidth + 28)));

/** Arrows by where they go, those of one way as one. */
function edgesOf(
  picture: FlowPicture,
  isShown: (arrow: FlowPicture['arrows'][number]) => boolean,
): readonly GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  for (const arrow of picture.arrows.filter(isShown)) {
    const { from, to, on, taken, undoing } = arrow;
    const known = edges.get(`${from} ${to}`);
    edges.set(`${from} ${to}`, {
      from,
      to,
      on: [...new Set([...(known?.on ?? []), ...on])],
      taken: (known?.taken ?? 0) + taken,
      undoing: (known?.undoing ?? true) && undoing,
    });
  }
  return [...edges.values()];
}

/** A state to which no arrow leads and which was entered all the same: a person gave the run up. The way there is the path's. */
function leaps(picture: FlowPicture): readonly GraphEdge[] {
  const reached = new Set(picture.arrows.map(({ to }) => to));
  return picture.path.flatMap(({ state }, step) => {
    const before = picture.path[step - 1];
    if (before === undefined || state === picture.start || reached.has(state)) return [];
    return [{ from: before.state, to: state, on: [], taken: 1, undoing: false }];
  });
}

/**
 * What the layout needs of a picture. States that no arrow touches are left out until they are entered. `onlyVisited` leaves out
 * all that this run has not seen.
 */
export function flowGraph(picture: FlowPicture, onlyVisited: boolean): FlowGraph {
  const seen = new Set(picture.states.filter(({ visits }) => visits > 0).map(({ name }) => name)).add(picture.state);
  const edges = [
    ...edgesOf(picture, ({ from, to, taken }) => !onlyVisited || (taken > 0 && seen.has(from) && seen.has(to))),
    ...leaps(picture),
  ];
  const touched = new Set([...seen, ...(onlyVisited ? [] : edges.flatMap(({ from, to }) => [from, to]))]);
  const nodes = picture.states
    .filter(({ name }) => touched.has(name))
    .map(({ name, kind }) => ({ name, width: widthOf(name), height: kind === 'choice' ? 34 : 46 }));
  return { nodes, edges };
}
