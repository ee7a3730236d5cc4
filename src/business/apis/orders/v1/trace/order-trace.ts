import type { Static } from 'typebox';
import { orderToCash } from '#business/flows';
import { millisecondsBetween } from '#model/kernel';
import { effectSpanIdOf, runSpanIdOf, spanIdOf, traceIdOf } from '#platform/telemetry';
import type { OrderTrace } from '../exchange-schema.ts';
import type { OrderExchange } from '../exchanges/order-exchange.ts';
import { pairExchanges } from '../exchanges/pair-exchanges.ts';
import { isPassedThrough, runName } from '../narrative/run-journal.ts';
import type { OrderRecord, RecordedRun } from '../record/order-record.ts';

type Span = OrderTrace['spans'][number];

const lasted = (startedAt: string, endedAt: string | undefined): Pick<Span, 'endedAt' | 'milliseconds'> =>
  endedAt === undefined ? {} : { endedAt, milliseconds: millisecondsBetween(startedAt, endedAt) };

/** The stays of a run in its states; those that are left in the moment in which they are entered are passed over. */
interface Stay {
  readonly seq: number;
  readonly span: Span;
}

const endOf = ({ lines }: RecordedRun): { readonly at: string; readonly ending: string } | undefined => {
  const last = lines.findLast(({ entry }) => entry.kind === 'ended');
  return last?.entry.kind === 'ended' ? { at: last.at, ending: last.entry.ending } : undefined;
};

function flowSpan(recorded: RecordedRun, parentId: string | undefined): Span {
  const startedAt = recorded.lines[0]?.at ?? '';
  const end = endOf(recorded);
  const outcome =
    end === undefined ? 'open' : end.ending === 'compensated' || end.ending === 'rejected' ? 'error' : 'ok';
  return {
    spanId: runSpanIdOf(recorded.flow, recorded.key),
    ...(parentId === undefined ? {} : { parentId }),
    name: `${recorded.flow} ${recorded.key}`,
    kind: 'flow',
    startedAt,
    ...lasted(startedAt, end?.at),
    outcome,
    ...(end === undefined || end.ending === 'completed' ? {} : { because: end.ending }),
  };
}

function staysOf(recorded: RecordedRun, parentId: string): readonly Stay[] {
  const run = runName(recorded);
  const end = endOf(recorded);
  const entered = recorded.lines.flatMap(({ seq, at, entry }) =>
    entry.kind === 'entered' && !isPassedThrough(recorded.flow, entry.state) ? [{ seq, at, entry }] : [],
  );
  return entered.map(({ seq, at, entry }, index): Stay => {
    const occurrence = String(entry.visit);
    const left = entered[index + 1]?.at ?? end?.at;
    return {
      seq,
      span: {
        spanId: spanIdOf({ run, kind: 'state', name: entry.state, occurrence }),
        parentId,
        name: entry.state,
        kind: 'state',
        startedAt: at,
        ...lasted(at, left),
        outcome: left === undefined ? 'open' : 'ok',
      },
    };
  });
}

/** What came of an exchange, as a trace says it. */
function outcomeOf(exchange: OrderExchange): Pick<Span, 'outcome' | 'because'> {
  if (exchange.direction === 'in') {
    const { standing, because } = exchange;
    return standing === 'unexpected'
      ? { outcome: 'error', because: because ?? 'nobody expected it' }
      : { outcome: 'ok' };
  }
  const { standing, fault } = exchange;
  switch (standing) {
    case 'done':
      return { outcome: 'ok' };
    case 'done by hand':
    case 'withdrawn':
    case 'skipped':
      return { outcome: 'ok', because: standing };
    case 'refused':
    case 'failed':
    case 'parked':
    case 'in doubt: nobody knows':
      return { outcome: 'error', because: fault === undefined ? standing : `${fault.message} (${fault.code})` };
    case 'safe to send':
    case 'under way':
    case 'in doubt: asking':
      return { outcome: 'open', because: standing };
    default:
      return standing satisfies never;
  }
}

/** An exchange as a span; a message has no length. */
function exchangeSpan(exchange: OrderExchange, parentId: string): Span {
  const { run, name, system, key, at, direction } = exchange;
  const isCall = direction === 'out';
  return {
    spanId: isCall ? effectSpanIdOf(key, at) : spanIdOf({ run, kind: 'message', name, occurrence: `${system}:${key}` }),
    parentId,
    name: isCall && exchange.undoes ? `undo ${name}` : name,
    kind: isCall ? 'effect' : 'message',
    system,
    startedAt: at,
    ...lasted(at, isCall ? exchange.settledAt : at),
    ...outcomeOf(exchange),
  };
}

const seqOf = ({ id }: OrderExchange): number => Number(id.slice(id.lastIndexOf(':') + 1));

/** Where each run hangs: what the order started under the state that started it, its news under the order itself. */
function trunk(runs: readonly RecordedRun[]): {
  readonly spans: readonly Span[];
  parentAt(run: string, seq: number): string;
} {
  const parents = new Map<string, string>();
  const flows = new Map<string, Span>();
  const stays = new Map<string, readonly Stay[]>();
  const parentAt = (run: string, seq: number): string => {
    const stay = stays.get(run)?.findLast((each) => each.seq < seq);
    return stay?.span.spanId ?? flows.get(run)?.spanId ?? '';
  };
  for (const [index, recorded] of runs.entries()) {
    const run = runName(recorded);
    const root = index === 0 ? undefined : (flows.values().next().value as Span | undefined)?.spanId;
    const flow = flowSpan(recorded, parents.get(run) ?? root);
    flows.set(run, flow);
    stays.set(run, staysOf(recorded, flow.spanId));
    for (const { seq, entry } of recorded.lines) {
      if (entry.kind === 'child-started') parents.set(runName(entry), parentAt(run, seq));
    }
  }
  const spans = [...flows].flatMap(([run, flow]) => [flow, ...(stays.get(run) ?? []).map(({ span }) => span)]);
  return { spans, parentAt };
}

/** The whole trace of an order, from its journals: nothing of it is sampled, and it is there for ever. */
export function orderTrace(record: OrderRecord): Static<typeof OrderTrace> {
  const { order, runs } = record;
  const { spans, parentAt } = trunk(runs);
  const exchanged = pairExchanges(record).map((exchange) =>
    exchangeSpan(exchange, parentAt(exchange.run, seqOf(exchange))),
  );
  const all = [...spans, ...exchanged].sort((one, other) =>
    one.startedAt < other.startedAt ? -1 : one.startedAt > other.startedAt ? 1 : 0,
  );
  return { orderNumber: order.key, traceId: traceIdOf(orderToCash.name, order.key), spans: all };
}
