import { isParked } from './ends.ts';
import type { Evidence, Finding } from './evidence.ts';

/** Which orders may wait for a person in the end. */
export interface ParkAllowance {
  /** Causes of cases. */
  readonly causes: readonly string[];
  /** So many orders. */
  readonly most: number;
}

/** Parking is an end, but a scenario promises how rarely and why: orders beyond that. */
export function parkedBeyond(
  { orders }: Pick<Evidence, 'orders'>,
  rule: string,
  { causes, most }: ParkAllowance = { causes: [], most: 0 },
): readonly Finding[] {
  const parked = [...orders.values()].filter((order) => order !== undefined).filter(isParked);
  const isForeseen = (cause: string): boolean => causes.includes(cause);
  const foreseen = parked.filter(({ openCases }) => openCases.every(isForeseen));
  const tooMany = new Set(foreseen.slice(most));
  return parked.flatMap((order): readonly Finding[] => {
    const finding = (what: string): Finding => ({ rule, means: 'wrong', orderNumber: order.orderNumber, what });
    const told = order.openCases.join(', ');
    if (!foreseen.includes(order)) return [finding(`it waits for a person: ${told}`)];
    return tooMany.has(order) ? [finding(`it waits for a person, beyond the ${most} that may: ${told}`)] : [];
  });
}
