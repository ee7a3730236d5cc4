import { setTimeout as pause } from 'node:timers/promises';
import type { ControlClient } from '../../simulators/kit/index.ts';
import type { Submission } from '../plan/plan.ts';
import type { LedgerTail } from './ledger-tail.ts';

/** What became of a won opportunity. */
export type Fate = { readonly orderNumber: string } | { readonly quarantined: true } | undefined;

/** Salespeople who win opportunities and look what comes of them. */
export interface CrmDesk {
  win(submission: Submission): Promise<string>;
  /** The order number appears on the opportunity, or the platform has it in quarantine; undefined when neither in time. */
  fate(opportunity: string, timeoutMs: number): Promise<Fate>;
}

export interface CrmDeskNeeds {
  readonly crm: ControlClient;
  readonly ledger: LedgerTail;
  /** Does the platform hold what came of this opportunity in quarantine? */
  readonly isQuarantined: (opportunity: string) => Promise<boolean>;
}

const orderNumberField = 'Crossdock_Order_Number__c';

export function createCrmDesk({ crm, ledger, isQuarantined }: CrmDeskNeeds): CrmDesk {
  async function quarantined(opportunity: string, until: number, found: () => boolean): Promise<Fate> {
    while (performance.now() < until && !found()) {
      if (await isQuarantined(opportunity)) return { quarantined: true };
      await pause(250);
    }
    return undefined;
  }

  return {
    win: async ({ customer, customerPurchaseOrder, currency, sourceReference, lines }) => {
      const answer = await crm.act('win-opportunity', {
        ...(customer === undefined ? {} : { customer }),
        purchaseOrder: customerPurchaseOrder,
        currency,
        sourceReference,
        lines: lines.map(({ kind, item, description, quantity, unitPrice }, at) => ({
          lineNumber: at + 1,
          item,
          kind,
          quantity,
          unitPrice,
          ...(description === undefined ? {} : { description }),
        })),
      });
      return (answer as { readonly id: string }).id;
    },
    fate: async (opportunity, timeoutMs) => {
      let known = false;
      const told = ledger
        .waitFor(
          ({ kind, id, fields }) =>
            kind === 'opportunity-updated' &&
            id === opportunity &&
            typeof (fields as Record<string, unknown> | undefined)?.[orderNumberField] === 'string',
          timeoutMs,
        )
        .then((entry): Fate => {
          known = true;
          const fields = entry?.fields as Record<string, string> | undefined;
          const orderNumber = fields?.[orderNumberField];
          return orderNumber === undefined ? undefined : { orderNumber };
        });
      const kept = quarantined(opportunity, performance.now() + timeoutMs, () => known);
      return Promise.race([told, kept.then((fate) => fate ?? told)]);
    },
  };
}
