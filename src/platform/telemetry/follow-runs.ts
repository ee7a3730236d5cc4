import type { Advanced } from '#platform/engine';
import { randomId } from './random-id.ts';
import { type SpanSink, spanNow } from './span.ts';
import type { Stories, Story } from './stories.ts';
import { runSpanIdOf } from './trace-id.ts';
import { readTraceparent } from './traceparent.ts';

/** Who sent a message, but for persons: a trace is no place for names. */
const sender = (source: string): string => (source.startsWith('person:') ? 'person' : source);

/** The message that made the advance. */
function causeOf({ entries }: Advanced) {
  for (const entry of entries) {
    if (entry.kind === 'received') {
      const { message, verdict } = entry;
      const attributes = {
        'crossdock.message': message.type,
        'crossdock.message.id': message.id,
        'crossdock.verdict': verdict,
        'crossdock.source': sender(message.source),
      };
      return { attributes, context: readTraceparent(message.traceparent), isMessage: message.source !== 'engine' };
    }
    if (entry.kind === 'started') {
      const attributes = { 'crossdock.message': 'start', 'crossdock.source': sender(entry.by) };
      return { attributes, context: undefined, isMessage: true };
    }
  }
  return { attributes: {}, context: undefined, isMessage: false };
}

/** The run's own span, told when it has ended. */
function runSpan({ flow, run, startedAt }: Advanced, { traceId, root, rootSpanId }: Story, endMs: number) {
  const isRoot = root.flow === flow && root.key === run.key;
  const parentId = run.parent === undefined ? rootSpanId : runSpanIdOf(run.parent.flow, run.parent.key);
  return {
    ...{ traceId, spanId: runSpanIdOf(flow, run.key), name: `${flow} ${run.key}` },
    ...(isRoot ? {} : { parentId }),
    kind: 'internal' as const,
    ...{ startMs: Date.parse(startedAt), endMs },
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
    const { flow, run, at, version } = advanced;
    const story = stories(flow, run.key);
    if (!story.isSampled || advanced.entries.length === 0) return;
    const { traceId } = story;
    const { attributes, context, isMessage } = causeOf(advanced);
    const isOurs = context?.traceId === traceId;
    const endMs = spanNow();
    sink.add({
      ...{ traceId, spanId: randomId(8), name: `${flow} → ${run.state}` },
      parentId: isOurs ? context.spanId : runSpanIdOf(flow, run.key),
      kind: isMessage ? 'consumer' : 'internal',
      ...{ startMs: Math.min(Date.parse(at), endMs), endMs },
      attributes: {
        'crossdock.flow': flow,
        'crossdock.key': run.key,
        'crossdock.state': run.state,
        'crossdock.version': version,
        ...attributes,
      },
      ...(context === undefined || isOurs ? {} : { links: [context] }),
    });
    if (advanced.entries.some(({ kind }) => kind === 'ended')) sink.add(runSpan(advanced, story, endMs));
  };
}
