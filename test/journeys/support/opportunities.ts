import { eventually } from './eventually.ts';
import type { OutsideSystem } from './systems.ts';

/** What Crossdock wrote to an opportunity. */
export interface News {
  readonly orderNumber: string;
  readonly state: string;
  readonly tracking: string | null;
  readonly version: number;
}

/** All that was written to an opportunity, oldest first, by the CRM's own ledger. */
export const newsOf = (crm: OutsideSystem, opportunity: string): readonly News[] =>
  crm.entries().flatMap(({ kind, id, fields }) => {
    if (kind !== 'opportunity-updated' || id !== opportunity) return [];
    const written = fields as Readonly<Record<string, string | number | null | undefined>>;
    return [
      {
        orderNumber: String(written.Crossdock_Order_Number__c),
        state: String(written.Crossdock_Order_State__c),
        tracking: (written.Crossdock_Tracking__c as string | null | undefined) ?? null,
        version: Number(written.Crossdock_News_Version__c),
      },
    ];
  });

/** A salesperson wins an opportunity; answers its id. */
export async function win(crm: OutsideSystem, opportunity: object): Promise<string> {
  const { id } = (await crm.act('win-opportunity', { customer: '17850', currency: 'GBP', ...opportunity })) as {
    readonly id: string;
  };
  return id;
}

/** The last news that begins with this state, when it is there. */
export const told = (crm: OutsideSystem, opportunity: string, state: string): Promise<News> =>
  eventually(
    `${opportunity} to show ${state}`,
    () => newsOf(crm, opportunity).findLast((news) => news.state.startsWith(state)),
    { soFar: async () => JSON.stringify(newsOf(crm, opportunity)) },
  );

/** Whether each was written once, and each was newer than the one before. */
export const areRising = (news: readonly News[]): boolean =>
  news.every(({ version }, place) => place === 0 || version > (news[place - 1]?.version ?? 0));
