import { isSampled, runSpanIdOf, type TraceRoot, traceIdOf } from './trace-id.ts';

/** The trace to which a run belongs. */
export interface Story {
  readonly traceId: string;
  /** The span of the run that it begins with. */
  readonly rootSpanId: string;
  /** The span of this run. */
  readonly runSpanId: string;
  readonly root: TraceRoot;
  readonly isSampled: boolean;
}

/** Finds a run's trace. */
export type Stories = (flow: string, key: string) => Story;

/** Runs under way come again and again; what is forgotten is only worked out anew. */
const mostKnown = 5_000;

/** `rootOf` says of what story a run is, `share` how many of all stories are followed. */
export function createStories(rootOf: (flow: string, key: string) => TraceRoot, share: number): Stories {
  const known = new Map<string, Story>();
  return (flow, key) => {
    const name = `${flow}/${key}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const root = rootOf(flow, key);
    const traceId = traceIdOf(root.flow, root.key);
    const rootSpanId = runSpanIdOf(root.flow, root.key);
    const runSpanId = runSpanIdOf(flow, key);
    const story = { traceId, rootSpanId, runSpanId, root, isSampled: isSampled(traceId, share) };
    if (known.size >= mostKnown) known.clear();
    known.set(name, story);
    return story;
  };
}
