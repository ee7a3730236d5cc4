import type { Evidence, Finding, SeenOrder } from './evidence.ts';

/** Somebody must decide, and can see it. */
export const isParked = (order: SeenOrder): boolean => order.openCases.length > 0;

/** It has ended and nobody need look at it: its books must be complete. */
export const isSettled = (order: SeenOrder | undefined): boolean =>
  order !== undefined && order.phase === 'ended' && !isParked(order);

/** Effects of which nobody knows an end. */
const openEffects = (order: SeenOrder): readonly string[] =>
  order.effects.filter(({ status }) => /under way|safe to send|in doubt|asking/.test(status)).map(({ key }) => key);

/** I6: every run is at an end, or waits for a person with a case. */
export function ends({ orders }: Evidence): readonly Finding[] {
  return [...orders].flatMap(([orderNumber, order]): readonly Finding[] => {
    if (order === undefined || isParked(order)) return [];
    if (order.phase !== 'ended') {
      return [{ rule: 'I6', means: 'lost', orderNumber, what: `it is ${order.state}, and nobody is told` }];
    }
    const open = order.fulfilments.filter(({ ended }) => !ended).map(({ fulfilmentNumber }) => fulfilmentNumber);
    return [...open, ...openEffects(order)].map((what) => ({
      rule: 'I6',
      means: 'wrong',
      orderNumber,
      what: `it has ended and ${what} has not`,
    }));
  });
}
