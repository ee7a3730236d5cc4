import { Type } from 'typebox';
import type { Order } from '#model/canonical';
import { defineCapability } from '#model/kernel';
import {
  cannotUndo,
  deadline,
  defineEffect,
  defineEvent,
  defineFlow,
  type Effect,
  hours,
  once,
  patiently,
  sendAgain,
  type Transition,
  when,
} from '#platform/engine';
import type { Calls } from '../work/calls.ts';
import { type Answer, type BenchDocument, beginDocument } from '../work/order-document.ts';
import {
  applyShipment,
  bookOrder,
  checkCustomer,
  factData,
  issueGoods,
  type OrderStep,
  postInvoice,
  quotePrices,
  releaseToWarehouse,
  reserveStock,
  shipmentFact,
} from '../work/order-steps.ts';
import { listBenchOrder } from './bench-listing.ts';

type Verbs = Pick<Calls, 'call'>;
type BenchEffect = Effect<BenchDocument, Verbs, { readonly lines: number; readonly body: unknown }, Answer>;
type BenchDocuments = Record<
  | 'checking'
  | 'pricing'
  | 'reserving'
  | 'booking'
  | 'releasing'
  | 'awaiting-shipment'
  | 'issuing'
  | 'invoicing'
  | 'invoiced',
  BenchDocument
>;
type State = keyof BenchDocuments;
type Line = Transition<BenchDocuments, 'checking'>;

export const Stub = defineCapability<Verbs>('stub');

export const Shipped = defineEvent(
  'shipment.confirmed',
  Type.Object({
    shipmentNumber: Type.String(),
    shippedAt: Type.String(),
    trackingNumber: Type.String(),
    lines: Type.Array(Type.Object({ lineNumber: Type.Integer(), shipped: Type.String() })),
  }),
);

const effectOf = (step: OrderStep): BenchEffect =>
  defineEffect({
    name: step.name,
    uses: Stub,
    verb: 'call',
    occurs: once,
    ask: (document) => ({ lines: document.given.lines.length, body: step.ask(document) }),
    do: (stub, { body, lines }, call) => stub.call(step.name, call, body, lines),
    ifUnsure: sendAgain,
    undo: cannotUndo('the bench goes one way'),
    retry: patiently,
  });

/** What every waiting state says of trouble. */
const trouble = (effect: BenchEffect): readonly Line[] => [
  when(effect.refused, { open: (_, { fault }) => ({ cause: `${effect.name}-refused`, summary: fault.message }) }),
  when(effect.failed, { open: (_, { fault }) => ({ cause: `${effect.name}-failed`, summary: fault.message }) }),
  when(deadline, { open: () => ({ cause: 'slow', summary: `${effect.name} takes too long` }) }),
];

/** A state that runs one effect and goes on when it is done. */
function working(step: OrderStep, to: State) {
  const effect = effectOf(step);
  const { tells } = step;
  const done = {
    to,
    apply: (document: BenchDocument, { answer }: { readonly answer: Answer }) => step.apply(document, answer),
    ...(tells === undefined ? {} : { tell: (document: BenchDocument) => [{ type: tells, data: factData(document) }] }),
  };
  const on: readonly Line[] = [when(effect.done, done), ...trouble(effect)];
  return { means: `${step.name} is under way.`, run: [effect], within: hours(4), on };
}

const early = { defer: [Shipped] };
const late = { ignore: [{ event: Shipped, because: 'the goods have left already' }] };

/** The order of the bench: seven effects one after the other, and the warehouse's message between the fifth and the sixth. */
export const benchFlow = defineFlow<BenchDocuments>()({
  name: 'bench-order',
  version: 1,
  start: 'checking',
  begin: (order: Order) => beginDocument(order),
  states: {
    checking: { ...working(checkCustomer, 'pricing'), ...early },
    pricing: { ...working(quotePrices, 'reserving'), ...early },
    reserving: { ...working(reserveStock, 'booking'), ...early },
    booking: { ...working(bookOrder, 'releasing'), ...early },
    releasing: { ...working(releaseToWarehouse, 'awaiting-shipment'), ...early },
    'awaiting-shipment': {
      means: 'The warehouse has it.',
      within: hours(48),
      on: [
        when(Shipped, {
          to: 'issuing',
          apply: (document: BenchDocument, data) => applyShipment(document, data),
          tell: (document: BenchDocument) => [{ type: shipmentFact, data: factData(document) }],
        }),
        when(deadline, { open: () => ({ cause: 'slow', summary: 'the warehouse is silent' }) }),
      ],
    },
    issuing: { ...working(issueGoods, 'invoicing'), ...late },
    invoicing: { ...working(postInvoice, 'invoiced'), ...late },
    invoiced: { means: 'Done.', ends: 'completed', ...late },
  },
  lists: listBenchOrder,
  result: ({ given }) => ({ orderNumber: given.orderNumber }),
});
