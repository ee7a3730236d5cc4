import type { Transaction } from '../records/transaction.ts';

/** Whether the caller has accepted this warning. An acceptance that is not for always is used up. */
export function warningIsAccepted(transaction: Transaction, name: string): boolean {
  const { warnings } = transaction.books;
  const accepted = warnings.by('name', name).filter(({ user }) => user === transaction.user);
  for (const { id, always } of accepted) if (!always) transaction.remove(warnings as never, id);
  return accepted.length > 0;
}
