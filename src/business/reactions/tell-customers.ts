import {
  customerNotices,
  type NoticeContent,
  NoticeDue,
  type NoticeKind,
  type OrderFactData,
  orderFactTypes,
} from '#business/flows';
import { isPositive } from '#model/kernel';
import type { Reacted } from './crm-news.ts';
import { noticeOf } from './notice-texts.ts';

/** How a customer wants to be told. */
export interface NoticePreference {
  readonly email: string;
  /** Absent: of everything. */
  readonly kinds?: readonly NoticeKind[];
}

interface Occasion {
  readonly kind: NoticeKind;
  /** The same occasion has the same id, however often it is told. */
  readonly id: string;
}

const isWaiting = ({ lines = [] }: OrderFactData): boolean => lines.some(({ waiting }) => isPositive(waiting));

/** What is missing, so that the same shortage is told once and another one is told again. */
const shortage = ({ lines = [] }: OrderFactData): string =>
  lines
    .filter(({ waiting }) => isPositive(waiting))
    .map(({ item, waiting }) => `${item}:${waiting}`)
    .join(',');

/** What a fact is to a customer; undefined when nothing that would be told. */
function occasionOf(type: string, fact: OrderFactData): Occasion | undefined {
  switch (type) {
    case orderFactTypes.confirmed:
      return {
        kind: 'acknowledgement',
        id: fact.changes === 0 ? 'acknowledgement' : `acknowledgement-of-change-${fact.changes}`,
      };
    case orderFactTypes.dispatched: {
      const isAll = (fact.lines ?? []).every(({ quantity, shipped }) => quantity === shipped);
      return { kind: isAll ? 'dispatch' : 'part-shipment', id: `dispatch-${fact.shipment?.shipmentNumber ?? ''}` };
    }
    case orderFactTypes.waiting:
      return isWaiting(fact) ? { kind: 'backorder', id: `backorder-${shortage(fact)}` } : undefined;
    case orderFactTypes.delayed:
      return { kind: 'delay', id: `delay-${fact.requestedDate ?? 'of-the-warehouse'}` };
    case orderFactTypes.cancelled:
      return { kind: 'cancellation', id: 'cancellation' };
    case orderFactTypes.completed:
      return (fact.lines ?? []).some(({ cancelled }) => isPositive(cancelled))
        ? { kind: 'cancellation', id: 'cancellation' }
        : undefined;
    default:
      return undefined;
  }
}

/** The facts that this reaction reads. */
export const customerNoticesRead: readonly string[] = Object.values(orderFactTypes);

/** When something happened to an order that its customer wants to be told of, a notice is due. */
export function tellCustomers(preferenceOf: (customer: string) => NoticePreference | undefined) {
  return ({ type, data }: { readonly type: string; readonly data: unknown }): Reacted | undefined => {
    const fact = data as OrderFactData;
    const preference = preferenceOf(fact.customer);
    if (preference === undefined) return undefined;
    const occasion = occasionOf(type, fact);
    const isWanted = occasion !== undefined && (preference.kinds ?? [occasion.kind]).includes(occasion.kind);
    const notice: NoticeContent | undefined = isWanted ? noticeOf(occasion.kind, occasion.id, fact) : undefined;
    if (notice === undefined && !fact.final) return undefined;
    const { orderNumber, customer } = fact;
    return {
      start: {
        flow: customerNotices.name,
        key: orderNumber,
        input: { orderNumber, customer, email: preference.email },
      },
      message: { type: NoticeDue.name, data: { ...(notice === undefined ? {} : { notice }), final: fact.final } },
    };
  };
}
