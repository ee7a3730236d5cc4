import { areRising, type News, newsOf, win } from '../../test/index.ts';
import type { Stage } from './scenario.ts';
import { hearts, type OrderLine } from './world.ts';

/** A salesperson wins an opportunity, as the CRM will show it; answers its id. */
export const winOpportunity = (
  stage: Stage,
  lines: readonly OrderLine[] = [hearts(2)],
  purchaseOrder: string = stage.client.freshPurchaseOrder(),
): Promise<string> => win(stage.systems.crm.seen, { purchaseOrder, lines });

/** So many at once. */
export const winMany = (stage: Stage, count: number): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: count }, () => winOpportunity(stage)));

/** All that was written to an opportunity, by the CRM's own ledger. */
export const newsIn = (stage: Stage, opportunity: string): readonly News[] =>
  newsOf(stage.systems.crm.seen, opportunity);

/** The newest news of an opportunity when it begins with this state. */
export const isTold = (stage: Stage, opportunity: string, state: string): Promise<News> =>
  stage.eventually(
    `${opportunity} to show ${state}; it shows ${JSON.stringify(newsIn(stage, opportunity).at(-1))}`,
    () => {
      const last = newsIn(stage, opportunity).at(-1);
      return last?.state.startsWith(state) === true ? last : undefined;
    },
    60_000,
  );

/** Each of these must have become one order, and show its end, newer news after older, and none of it twice. */
export async function mustBeToldToTheEnd(stage: Stage, opportunities: readonly string[]): Promise<void> {
  const last = await Promise.all(opportunities.map((opportunity) => isTold(stage, opportunity, 'completed')));
  await stage.atRest(last.map(({ orderNumber }) => orderNumber));
  for (const opportunity of opportunities) {
    const news = newsIn(stage, opportunity);
    const orders = new Set(news.map(({ orderNumber }) => orderNumber));
    stage.must(`${opportunity} is one order, not ${[...orders].join(', ')}`, orders.size === 1);
    stage.must(
      `${opportunity} is told newer news after older, and none twice: ${JSON.stringify(news)}`,
      areRising(news),
    );
  }
  const orders = new Set(last.map(({ orderNumber }) => orderNumber));
  stage.must(
    `${opportunities.length} opportunities are as many orders, not ${orders.size}`,
    orders.size === last.length,
  );
}
