import { AsyncLocalStorage } from 'node:async_hooks';
import { randomId } from './random-id.ts';
import { type FinishedSpan, type SpanSink, spanNow } from './span.ts';
import type { Stories, Story } from './stories.ts';
import { isSampled } from './trace-id.ts';
import { readTraceparent, type TraceContext, traceparentOf } from './traceparent.ts';

/** What a request is told by: its operation, never its path, query or body. */
export interface FollowedRequest {
  readonly method: string;
  readonly api: string;
  readonly operation: string;
  /** As it was sent, whatever it is. */
  readonly traceparent: unknown;
  /** How long it has been here already, ms. */
  readonly elapsedMs: number;
}

interface Following {
  readonly request: FollowedRequest;
  readonly startMs: number;
  readonly spanId: string;
  /** Where it came from. */
  readonly parent: TraceContext | undefined;
  /** Undefined: not decided yet. */
  traceId: string | undefined;
  readonly touched: Map<string, Story>;
}

/** Follows the requests that come in, and knows during each of them what it is that is followed. */
export interface RequestFollower {
  /** Runs a handler; whatever it sends to runs knows what caused it. `request` is any object that stands for the request. */
  follow<Answer>(request: object, told: FollowedRequest, handler: () => Answer): Answer;
  /** It was answered. */
  answered(request: object, status: number): void;
  /** The request under way sends something to a run: answers its `traceparent`. Undefined outside of a request. */
  entering(flow: string, key: string): string | undefined;
}

const contextOf = ({ traceId, rootSpanId, isSampled }: Story): TraceContext => ({
  traceId,
  spanId: rootSpanId,
  isSampled,
});

/**
 * A request belongs to its caller's trace when it names one, else to that of the first order that it touches, else to one of its own.
 * Of every other trace that it touches it is a link; and each order that it touches from a caller's trace has a span of it in its own,
 * so that an order's trace begins where the order came in.
 */
export function followRequests(sink: SpanSink, stories: Stories, share: number): RequestFollower {
  const here = new AsyncLocalStorage<Following>();
  const underWay = new WeakMap<object, Following>();

  function spanOf(following: Following, status: number): Omit<FinishedSpan, 'traceId' | 'spanId'> {
    const { api, operation, method } = following.request;
    return {
      name: `${method} ${api} ${operation}`,
      kind: 'server',
      ...{ startMs: following.startMs, endMs: spanNow() },
      attributes: {
        'http.request.method': method,
        'http.response.status_code': status,
        'crossdock.api': api,
        'crossdock.operation': operation,
      },
      isFailed: status >= 500,
    };
  }

  function tell(following: Following, status: number): void {
    const { spanId, parent, touched } = following;
    const traceId = following.traceId ?? randomId(16);
    const stories = [...touched.values()];
    const own = stories.find((story) => story.traceId === traceId);
    const isFollowed = stories.some((story) => story.isSampled);
    if (!isFollowed && !(parent?.isSampled ?? isSampled(traceId, share))) return;
    const span = spanOf(following, status);
    const parentId = parent?.spanId ?? own?.rootSpanId;
    sink.add({
      ...span,
      ...{ traceId, spanId },
      ...(parentId === undefined ? {} : { parentId }),
      ...(parent === undefined ? {} : { isParentElsewhere: true }),
      links: stories.filter((story) => story !== own).map(contextOf),
    });
    if (parent === undefined) return;
    for (const story of stories) {
      if (!story.isSampled || story === own) continue;
      const links = [{ traceId, spanId, isSampled: true }];
      sink.add({ ...span, traceId: story.traceId, spanId: randomId(8), parentId: story.rootSpanId, links });
    }
  }

  return {
    follow: (request, told, handler) => {
      const parent = readTraceparent(told.traceparent);
      const following: Following = {
        ...{ request: told, startMs: spanNow() - told.elapsedMs, spanId: randomId(8), parent },
        traceId: parent?.traceId,
        touched: new Map(),
      };
      underWay.set(request, following);
      return here.run(following, handler);
    },
    answered: (request, status) => {
      const following = underWay.get(request);
      if (following === undefined) return;
      underWay.delete(request);
      tell(following, status);
    },
    entering: (flow, key) => {
      const following = here.getStore();
      if (following === undefined) return undefined;
      const story = stories(flow, key);
      following.traceId ??= story.traceId;
      following.touched.set(story.traceId, story);
      const { traceId, spanId } = following;
      return traceparentOf({ traceId, spanId, isSampled: story.isSampled });
    },
  };
}
