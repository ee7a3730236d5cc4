import { Type } from 'typebox';
import { type Decimal, defineCapability } from '#model/kernel';
import { defineFlow } from '../../define-flow.ts';
import { type Duration, minutes } from '../../duration.ts';
import {
  askAPerson,
  cannotUndo,
  defineEffect,
  type Effect,
  type EffectDefinition,
  once,
  type RetryPolicy,
} from '../../effect.ts';
import { deadline, defineEvent } from '../../event.ts';
import { type Flow, type Transition, when } from '../../flow.ts';
import type { TargetVerbs } from './fake-target.ts';

export interface ErrandInput {
  readonly size: number;
}
export interface ErrandDoc {
  readonly given: ErrandInput;
  readonly references: readonly string[];
  readonly notes: readonly string[];
}
type ErrandDocs = Record<'booking' | 'shipping' | 'billing' | 'done' | 'cancelled', ErrandDoc>;

export const Target = defineCapability<TargetVerbs>('target');
export const Noted = defineEvent('errand.noted', Type.Object({ note: Type.String() }));
export const Cancelled = defineEvent('errand.cancelled', Type.Object({}));
export const Slow = 'slow';

type Definition = EffectDefinition<ErrandDoc, TargetVerbs, { readonly what: string }, { readonly reference: string }>;
type ErrandEffect = Effect<ErrandDoc, TargetVerbs, { readonly what: string }, { readonly reference: string }>;

/** A few tries, without waiting long: tests have no time. */
export const hastily: RetryPolicy = { attempts: 4, firstDelayMs: 2, longestDelayMs: 10 };

const errandEffect = (name: string, what: string, more: Partial<Definition>): ErrandEffect =>
  defineEffect({
    name,
    uses: Target,
    verb: 'act',
    occurs: once,
    ask: () => ({ what }),
    do: (target, request, call) => target.act(request, call),
    ifUnsure: (target, request, call) => target.find(request, call),
    undo: (target, answer, _, call) => target.revert(answer, call),
    retry: hastily,
    ...more,
  });

const noted = (doc: ErrandDoc, reference: string): ErrandDoc => ({
  ...doc,
  references: [...doc.references, reference],
});

interface ErrandOptions {
  readonly version?: number;
  readonly effect?: Partial<Definition>;
  readonly within?: Duration;
  /** The share of `within` after which booking is warned. */
  readonly warnAt?: number;
  readonly billingCannotBeUndone?: boolean;
}

/**
 * The flow of these tests: books, ships and bills, one after the other; a cancellation unwinds it. Small, but with everything that
 * the runtime has to carry: facts, cases, deadlines, undo.
 */
export function errandFlow(options: ErrandOptions = {}): Flow<ErrandDocs, ErrandInput, { readonly size: number }> {
  const within = options.within ?? minutes(5);
  const book = errandEffect('book', 'booking', options.effect ?? {});
  const ship = errandEffect('ship', 'shipping', options.effect ?? {});
  const bill = errandEffect('bill', 'bill', {
    ...options.effect,
    ...(options.billingCannotBeUndone ? { undo: cannotUndo('bills are sent by post') } : {}),
  });

  // Every state has the same document, so that one list serves all.
  const lines = (effect: ErrandEffect): readonly Transition<ErrandDocs, 'booking'>[] => [
    when(effect.refused, { unwindTo: 'cancelled' }),
    when(effect.failed, {
      open: (_: ErrandDoc, { fault }) => ({
        cause: `${effect.name}-failed`,
        summary: `${fault.code}: ${fault.message}`,
      }),
    }),
    when(Cancelled, { unwindTo: 'cancelled' }),
    when(Noted, { apply: (doc: ErrandDoc, { note }) => ({ ...doc, notes: [...doc.notes, note] }) }),
    when(deadline, { open: () => ({ cause: Slow, summary: `${effect.name} takes too long` }) }),
  ];

  return defineFlow<ErrandDocs>()({
    name: 'errand',
    version: options.version ?? 1,
    start: 'booking',
    begin: (given: ErrandInput) => ({ given, references: [], notes: [] }),
    states: {
      booking: {
        means: 'It is being booked.',
        run: [book],
        within,
        ...(options.warnAt === undefined ? {} : { warnAt: options.warnAt }),
        on: [
          when(book.done, {
            to: 'shipping',
            apply: (doc: ErrandDoc, { answer }) => noted(doc, answer.reference),
            tell: (doc: ErrandDoc) => [{ type: 'errand.booked', data: { size: doc.given.size } }],
          }),
          ...lines(book),
        ],
      },
      shipping: {
        means: 'It is being shipped.',
        run: [ship],
        within,
        on: [
          when(ship.done, { to: 'billing', apply: (doc: ErrandDoc, { answer }) => noted(doc, answer.reference) }),
          ...lines(ship),
        ],
      },
      billing: {
        means: 'It is being billed.',
        run: [bill],
        within,
        on: [
          when(bill.done, { to: 'done', apply: (doc: ErrandDoc, { answer }) => noted(doc, answer.reference) }),
          ...lines(bill),
        ],
      },
      done: {
        means: 'It is done.',
        ends: 'completed',
        tell: (doc: ErrandDoc) => [{ type: 'errand.completed', data: { size: doc.given.size } }],
        ignore: [{ event: Noted, because: 'notes are of use only on the way' }],
      },
      cancelled: { means: 'It was taken back.', ends: 'cancelled' },
    },
    result: ({ given }) => ({ size: given.size }),
    about: ({ given }) => ({
      party: 'the customer',
      worth: { amount: String(given.size) as Decimal, currency: 'GBP' },
    }),
    abandonTo: 'cancelled',
  });
}

export const blindly: Partial<Definition> = { ifUnsure: askAPerson };
