/** How long a stage of an order took, over all orders that went through it. Milliseconds. */
export interface StageTimes {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** One line of an order's narrative, as the API tells it. */
export interface StoryLine {
  readonly at: string;
  readonly run: string;
  readonly what: string;
  readonly who: string;
  readonly summary: string;
  readonly details: unknown;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** The story in a narrative; empty when there is none. */
export function storyIn(narrative: unknown): readonly StoryLine[] {
  const story = (narrative as { readonly story?: unknown } | undefined)?.story;
  if (!Array.isArray(story)) return [];
  return (story as Partial<StoryLine>[]).filter(
    (line): line is StoryLine => isText(line.at) && isText(line.run) && isText(line.summary),
  );
}

/** How long the order's run stayed in each state that it left again. */
export function staysIn(story: readonly StoryLine[]): readonly { readonly stage: string; readonly ms: number }[] {
  const entered = story.flatMap(({ run, at, details }) => {
    const { kind, state } = (details ?? {}) as { readonly kind?: unknown; readonly state?: unknown };
    return run.startsWith('order-to-cash') && kind === 'entered' && isText(state) ? [{ state, at }] : [];
  });
  return entered.slice(0, -1).map(({ state, at }, index) => ({
    stage: state,
    ms: Date.parse(entered[index + 1]?.at ?? at) - Date.parse(at),
  }));
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

export function timesOf(durations: readonly number[]): StageTimes {
  const sorted = durations.map((ms) => Math.round(ms)).sort((a, b) => a - b);
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    max: sorted.at(-1) ?? 0,
  };
}

/** Sums up the stays of many orders. States in which nothing ever stays, because they only decide, are left out. */
export function stageTimes(
  stays: readonly { readonly stage: string; readonly ms: number }[],
): Readonly<Record<string, StageTimes>> {
  const byStage = Map.groupBy(stays, ({ stage }) => stage);
  return Object.fromEntries(
    [...byStage]
      .map(([stage, all]) => [stage, timesOf(all.map(({ ms }) => ms))] as const)
      .filter(([, { max }]) => max > 0),
  );
}
