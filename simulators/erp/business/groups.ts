import type { Transaction } from '../records/transaction.ts';

/** The groups of users that the simulator knows. */
export const groupNames = ['Sales', 'Stock', 'Stock Force Assignment', 'Accounting', 'Account Credit Limit'] as const;
export type GroupName = (typeof groupNames)[number];

/** Whether the caller belongs to a group. The administrator belongs to none of them and may still do everything but override. */
export function callerIsIn(transaction: Transaction, name: GroupName): boolean {
  const { groups, users } = transaction.books;
  return (users.get(transaction.user)?.groups ?? []).some((id) => groups.get(id)?.name === name);
}
