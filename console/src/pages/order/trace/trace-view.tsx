import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { useNow } from '../../../parts/now.ts';
import { Waterfall, type WaterfallRow } from '../../../parts/waterfall.tsx';
import { counted } from '../../../words/count.ts';
import { actor, sentenceCase } from '../../../words/names.ts';
import { clock } from '../../../words/when.ts';
import { Answered } from '../answered.tsx';
import type { OrderTrace, Span } from '../answers.ts';
import { traceQuestion } from '../questions.ts';
import { took } from './milliseconds.ts';
import { spanRows } from './span-rows.ts';
import { type TimeAxis, ticksOf, timeAxis } from './time-axis.ts';
import './trace.css';

const isName = /^[a-z][a-z.-]*$/;

function rowOf(span: Span, depth: number, unfolded: boolean | undefined, axis: TimeAxis, now: number): WaterfallRow {
  const from = Date.parse(span.startedAt);
  const to = span.endedAt === undefined ? Math.max(now, from) : Date.parse(span.endedAt);
  const left = axis.place(from);
  const name = isName.test(span.name) ? sentenceCase(span.name) : span.name;
  const said = [name, span.system, span.because, clock.exact(span.startedAt), took(span.milliseconds ?? to - from)];
  return {
    id: span.spanId,
    depth,
    ...(unfolded === undefined ? {} : { unfolded }),
    left,
    width: axis.place(to) - left,
    tone: span.outcome === 'error' ? 'bad' : span.kind,
    open: span.outcome === 'open',
    length: to === from ? '' : took(span.milliseconds ?? to - from),
    title: said.filter((each) => each !== undefined).join(' · '),
    name: (
      <span className="span-name" data-kind={span.kind}>
        {name}
        {span.system === undefined ? null : <span className="span-system"> {actor(span.system)}</span>}
        {span.outcome === 'error' ? <span className="span-error"> failed</span> : null}
      </span>
    ),
  };
}

function Trace({ trace }: { readonly trace: OrderTrace }) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const now = useNow().valueOf();
  const rows = useMemo(() => spanRows(trace.spans, folded), [trace, folded]);
  const axis = useMemo(
    () =>
      timeAxis(
        trace.spans.map(({ startedAt, endedAt }) => {
          const from = Date.parse(startedAt);
          return { from, to: endedAt === undefined ? Math.max(now, from) : Date.parse(endedAt) };
        }),
      ),
    [trace, now],
  );
  const toggle = (id: string): void => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  };
  return (
    <>
      <p className="trace-id">
        Trace <code>{trace.traceId}</code>
        <CopyButton text={trace.traceId} label="Copy the trace id" />
        <span>
          {counted(trace.spans.length, 'span')}; exported spans and outgoing headers carry the same id. Hatched: a long
          wait, drawn shorter than it was.
        </span>
      </p>
      {rows.length === 0 ? (
        <Empty title="Nothing has been traced yet." />
      ) : (
        <Waterfall
          label="Trace"
          rows={rows.map(({ span, depth, children }) =>
            rowOf(span, depth, children === 0 ? undefined : !folded.has(span.spanId), axis, now),
          )}
          marks={ticksOf(axis).map(({ at, sinceMs }) => ({ at, text: sinceMs === 0 ? '0' : `+${took(sinceMs)}` }))}
          folds={axis.stretches
            .filter(({ collapsed }) => collapsed)
            .map(({ left, right, from, to }) => ({ left, width: right - left, text: took(to - from) }))}
          onFold={toggle}
        />
      )}
    </>
  );
}

/** The view `trace` of an order: its spans on one axis. */
export function TraceView({ orderNumber }: { readonly orderNumber: string }) {
  const question = useQuery(traceQuestion(orderNumber));
  return (
    <Answered question={question} label="Trace" lines={12}>
      {(trace) => <Trace trace={trace} />}
    </Answered>
  );
}
