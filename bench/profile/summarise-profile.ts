/** The parts of V8's `.cpuprofile` that are read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Between samples, µs. */
  readonly timeDeltas: readonly number[];
}

export interface Cost {
  /** Function, file and line. */
  readonly where: string;
  readonly selfMs: number;
  /** With all that it calls. */
  readonly totalMs: number;
}

function placeOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame'], root: string): string {
  const file = url.replace(/^file:\/\//, '').replace(`${root}/`, '');
  const name = functionName || '(anonymous)';
  return file === '' ? name : `${name} ${file}:${lineNumber + 1}`;
}

/** Where the time went, by function, the dearest first. `root` is left out of file names. */
export function summariseProfile(profile: CpuProfile, root: string): readonly Cost[] {
  const selfUs = new Map<number, number>();
  for (const [index, id] of profile.samples.entries()) {
    selfUs.set(id, (selfUs.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0));
  }
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const costs = new Map<string, { selfMs: number; totalMs: number }>();

  /** Answers the node's time with its children; a function within itself is counted once. */
  function walk(id: number, above: ReadonlySet<string>): number {
    const node = nodes.get(id);
    if (node === undefined) return 0;
    const where = placeOf(node.callFrame, root);
    const self = (selfUs.get(id) ?? 0) / 1_000;
    const below = new Set([...above, where]);
    const total = (node.children ?? []).reduce((sum, child) => sum + walk(child, below), self);
    const cost = costs.get(where) ?? { selfMs: 0, totalMs: 0 };
    cost.selfMs += self;
    if (!above.has(where)) cost.totalMs += total;
    costs.set(where, cost);
    return total;
  }

  const [top] = profile.nodes;
  if (top) walk(top.id, new Set());
  return [...costs].map(([where, cost]) => ({ where, ...cost })).sort((a, b) => b.selfMs - a.selfMs);
}
