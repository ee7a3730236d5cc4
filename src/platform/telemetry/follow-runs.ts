import type { Advanced, Message } from '#platform/engine';
import { randomId } from './random-id.ts';
import { type FinishedSpan, type SpanSink, spanNow } from './span.ts';
import type { Stories, Story } from './stories.ts';
import { runSpanIdOf } from './trace-id.ts';
import { readTraceparent } from './traceparent.ts';

/** Who sent a message, but for persons: a trace is no place for names. */
const sender = (source: string): string => (source.startsWith('person:') ? 'person' : source);

const startOf = (by: string): Pick<Message, 'type' | 'source' | 'traceparent'> => ({ type: 'start', source: by });

/** The message that made the advance. */
function causeOf({ entries }: Advanced) {
  for (const entry of entries) {
    if (entry.kind === 'received') return { message: entry.message, verdict: entry.verdict };
    if (entry.kind === 'started') return { message: startOf(entry.by), verdict: 'applied' };
  }
  return undefined;
}

/** The run's own span, told when it has ended. */
function runSpan({ flow, run, startedAt }: Advanced, story: Story, endMs: number): FinishedSpan {
  const { traceId, root, rootSpanId, runSpanId } = story;
  const isRoot = root.flow === flow && root.key === run.key;
  const parentId = run.parent === undefined ? rootSpanId : runSpanIdOf(run.parent.flow, run.parent.key);
  return {
    ...(isRoot ? {} : { parentId }),
    traceId,
    spanId: runSpanId,
    name: `${flow} ${run.key}`,
    kind: 'internal',
    startMs: Date.parse(startedAt),
    endMs,
    attributes: {
      'crossdock.flow': flow,
      'crossdock.key': run.key,
      'crossdock.state': run.state,
      'crossdock.ending': run.ending ?? '',
    },
  };
}

/**
 * Runs as spans: one for each advance, from when its message was taken until it was written, and one for the whole run when it has
 * ended. A message that came with a `traceparent` of another trace keeps it as a link.
 */
export function followRuns(sink: SpanSink, stories: Stories): (advanced: Advanced) => void {
  return (advanced) => {
    const { flow, run, at } = advanced;
    const story = stories(flow, run.key);
    if (!story.isSampled || advanced.entries.length === 0) return;
    const { traceId, runSpanId } = story;
    const cause = causeOf(advanced);
    const message = cause?.message;
    const from = message?.traceparent === undefined ? undefined : readTraceparent(message.traceparent);
    const isOurs = from?.traceId === traceId;
    const endMs = spanNow();
    sink.add({
      traceId,
      spanId: randomId(8),
      parentId: isOurs ? from.spanId : runSpanId,
      name: `${flow} → ${run.state}`,
      kind: message === undefined || message.source === 'engine' ? 'internal' : 'consumer',
      startMs: Math.min(Date.parse(at), endMs),
      endMs,
      attributes: {
        'crossdock.key': run.key,
        'crossdock.message': message?.type ?? '',
        'crossdock.verdict': cause?.verdict ?? '',
        'crossdock.source': sender(message?.source ?? ''),
      },
      ...(from === undefined || isOurs ? {} : { links: [from] }),
    });
    if (run.phase === 'ended' && advanced.entries.some(({ kind }) => kind === 'ended'))
      sink.add(runSpan(advanced, story, endMs));
  };
}
