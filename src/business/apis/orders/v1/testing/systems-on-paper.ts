import type { BookingRequest, GoodsIssueRequest, InvoiceRequest } from '#model/capabilities';
import { type Decimal, Fault, subtract } from '#model/kernel';
import { erpOnPaper } from './erp-on-paper.ts';

interface Capability {
  readonly instance: string;
  readonly verbs: object;
}

/** What the outside systems do; tests turn these. */
export interface SystemDials {
  creditLimit: string;
  booking: 'taken' | 'refused';
  warehouse: 'takes it' | 'answers are lost';
}

/** Outside systems that answer at once, for a real engine: an ERP, a warehouse, and our own stock and register. */
export function systemsOnPaper() {
  const dials: SystemDials = { creditLimit: '1000', booking: 'taken', warehouse: 'takes it' };
  const erp = erpOnPaper();
  const erpDoes = async (name: string, request: unknown): Promise<unknown> => erp[name]?.(request as never, 'once');
  const capabilities: Readonly<Record<string, Capability>> = {
    customers: {
      instance: 'erp-main',
      verbs: {
        standing: async () => ({
          ...{ known: true, name: 'A', blocked: false, currency: 'GBP' },
          ...{ creditLimit: dials.creditLimit, creditUsed: '0' },
        }),
      },
    },
    prices: {
      instance: 'erp-main',
      verbs: {
        quote: async ({ lines }: { lines: { lineNumber: number }[] }) => ({
          lines: lines.map(({ lineNumber }) => ({
            ...{ lineNumber, known: true, unitPrice: '2.55', taxPercent: '20', unit: 'EA' },
          })),
        }),
      },
    },
    'order-register': {
      instance: 'crossdock',
      verbs: {
        claimPurchaseOrder: async ({ orderNumber }: { orderNumber: string }) => ({ heldBy: orderNumber }),
        releasePurchaseOrder: async () => undefined,
      },
    },
    reservations: {
      instance: 'crossdock',
      verbs: {
        reserve: async ({ lines }: { lines: { lineNumber: number; quantity: Decimal }[] }) => ({
          lines: lines.map(({ lineNumber, quantity }) => ({
            lineNumber,
            places: [{ site: 'NORTH', quantity }],
            short: subtract(quantity, quantity),
          })),
        }),
        release: async () => undefined,
        ship: async () => undefined,
      },
    },
    'sales-orders': {
      instance: 'erp-main',
      verbs: {
        book: async (request: BookingRequest) => {
          if (dials.booking === 'taken') return erpDoes('book-in-erp', request);
          throw new Fault('business', { code: 'credit-limit-exceeded', message: 'The credit limit is exceeded.' });
        },
        findBooking: async () => ({ known: 'not-done' }),
        discardBooking: async () => undefined,
        cancelBooking: async () => undefined,
      },
    },
    'goods-issues': {
      instance: 'erp-main',
      verbs: { issue: (request: GoodsIssueRequest) => erpDoes('issue-goods', request) },
    },
    invoices: {
      instance: 'erp-main',
      verbs: { post: (request: InvoiceRequest) => erpDoes('post-invoice', request) },
    },
    fulfilment: {
      instance: 'wms-north',
      verbs: {
        release: async () => {
          if (dials.warehouse === 'takes it') return { reference: '940-1' };
          throw new Fault('ambiguous', { code: 'timeout', message: 'no answer from the warehouse' });
        },
        findRelease: () => new Promise(() => undefined),
        requestCancellation: async () => ({ reference: '940-2' }),
        findCancellation: async () => ({ known: 'not-done' }),
      },
    },
  };
  const provider = (capability: string) => {
    const found = capabilities[capability];
    if (found === undefined) throw new Error(`nobody does ${capability}`);
    const verb = () => ({ class: 'searchable' as const });
    return { ...found, lane: { concurrency: 10 }, verb };
  };
  return {
    dials,
    providers: { choose: provider, named: (_: string, capability: string) => provider(capability) },
  };
}
