import type { QueryClient } from '@tanstack/react-query';
import { toast } from '../../../parts/toast.tsx';
import type { OrderView } from '../answers.ts';

/** What a deed was answered with: the order as it is now, or that another person must approve first. */
export type Outcome =
  | { readonly kind: 'done'; readonly order: OrderView }
  | { readonly kind: 'approval'; readonly summary: string };

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** Tells the two answers apart: an approval says who asked for it. */
export function outcomeOf(answer: unknown): Outcome {
  if (member(answer, 'askedBy') === undefined) return { kind: 'done', order: answer as OrderView };
  return { kind: 'approval', summary: String(member(answer, 'summary') ?? '') };
}

/** Says what came of a deed (`done`: in a sentence) and has everything about the order looked up anew. */
export async function told(
  queries: QueryClient,
  orderNumber: string,
  answer: unknown,
  done: (order: OrderView) => string,
): Promise<Outcome> {
  const outcome = outcomeOf(answer);
  if (outcome.kind === 'done') toast(`Order ${orderNumber}: ${done(outcome.order)}`);
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['orders', 'one', orderNumber] }),
    queries.invalidateQueries({ queryKey: ['orders', 'list'] }),
    queries.invalidateQueries({ queryKey: ['cases'] }),
    queries.invalidateQueries({ queryKey: ['approvals'] }),
  ]);
  return outcome;
}

/** What became of a change or a cancellation, for whoever asked for it. */
export function verdictWords(what: string, verdict: OrderView['changes'][number]['verdict'] | undefined): string {
  if (verdict === 'pending') return `the warehouses are asked whether the ${what} can still be made.`;
  return verdict === 'partly' ? `the ${what} was made in part.` : `the ${what} was made.`;
}
