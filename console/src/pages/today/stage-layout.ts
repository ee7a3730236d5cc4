/** As much of a stage as its place in the picture depends on. */
interface Placed {
  readonly state: string;
  readonly kind: 'working' | 'waiting' | 'held' | 'ended';
}

/** A box: its column and row, both from 0. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

export interface StageLayout {
  readonly places: ReadonlyMap<string, Place>;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Where each stage stands in the picture. What machines work on goes along the first row, in the order in which an order passes it; where
 * orders wait or are held stands below the work that they came from. What has ended closes the picture, one below the other.
 */
export function stageLayout(stages: readonly Placed[]): StageLayout {
  const places = new Map<string, Place>();
  let column = -1;
  let row = 0;
  let endedRow = 0;
  const ended = stages.filter(({ kind }) => kind === 'ended');
  for (const stage of stages) {
    if (stage.kind === 'ended') continue;
    if (stage.kind === 'working' || column < 0) {
      column += 1;
      row = 0;
    } else {
      row += 1;
    }
    places.set(stage.state, { column, row });
  }
  for (const { state } of ended) {
    places.set(state, { column: column + 1, row: endedRow });
    endedRow += 1;
  }
  const taken = [...places.values()];
  return {
    places,
    columns: 1 + Math.max(-1, ...taken.map((place) => place.column)),
    rows: 1 + Math.max(-1, ...taken.map((place) => place.row)),
  };
}
