import type { OrderView } from '../answers.ts';

type Address = NonNullable<OrderView['shipTo']>;

export interface AddedLine {
  readonly item: string;
  readonly quantity: string;
}

/** A change as it is being written. What is like the order is not a change. */
export interface ChangeDraft {
  /** By line number, what the line shall come to in all. */
  readonly quantities: Readonly<Record<number, string>>;
  readonly added: readonly AddedLine[];
  readonly requestedDate: string;
  readonly customerPurchaseOrder: string;
  readonly shipTo: Readonly<Record<keyof Address, string>>;
}

/** What the API takes, without the reason. */
export interface WantedChange {
  readonly lines?: { lineNumber: number; quantity: string }[];
  readonly add?: { item: string; quantity: string }[];
  readonly requestedDate?: string;
  readonly customerPurchaseOrder?: string;
  readonly shipTo?: Address;
}

export interface Preview {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

const addressMembers = ['name', 'street', 'postalCode', 'city', 'country'] as const;

export const addressWords: Readonly<Record<(typeof addressMembers)[number], string>> = {
  name: 'Recipient',
  street: 'Street',
  postalCode: 'Postal code',
  city: 'City',
  country: 'Country',
};

/** A draft that changes nothing. */
export function draftOf(order: OrderView): ChangeDraft {
  const { shipTo } = order;
  return {
    quantities: {},
    added: [],
    requestedDate: order.requestedDate ?? '',
    customerPurchaseOrder: order.customerPurchaseOrder ?? '',
    shipTo: {
      name: shipTo?.name ?? '',
      street: shipTo?.street ?? '',
      postalCode: shipTo?.postalCode ?? '',
      city: shipTo?.city ?? '',
      country: shipTo?.country ?? '',
    },
  };
}

const isDecimal = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);
const isSame = (a: string, b: string): boolean => a === b || (isDecimal(a) && isDecimal(b) && Number(a) === Number(b));

/** What a draft would change, as the API takes it and as one reads it, and what of it cannot be read. */
export function changeOf(
  order: OrderView,
  draft: ChangeDraft,
): { readonly wanted: WantedChange; readonly preview: readonly Preview[]; readonly wrong: readonly string[] } {
  const preview: Preview[] = [];
  const wrong: string[] = [];
  const lines = order.lines.flatMap(({ lineNumber, item, quantity }) => {
    const to = draft.quantities[lineNumber]?.trim();
    if (to === undefined || isSame(to, quantity)) return [];
    if (!isDecimal(to)) {
      wrong.push(`Line ${lineNumber}: give a quantity, or 0 to cancel the line.`);
      return [];
    }
    preview.push({ what: `Line ${lineNumber}, ${item}`, from: quantity, to: Number(to) === 0 ? 'cancelled' : to });
    return [{ lineNumber, quantity: to }];
  });
  const add = draft.added.flatMap(({ item, quantity }) => {
    const line = { item: item.trim(), quantity: quantity.trim() };
    if (line.item === '' && line.quantity === '') return [];
    if (line.item === '' || !isDecimal(line.quantity) || Number(line.quantity) === 0) {
      wrong.push('A new line needs an item and a quantity above zero.');
      return [];
    }
    preview.push({ what: `New line, ${line.item}`, from: '', to: line.quantity });
    return [line];
  });
  const other = (name: 'requestedDate' | 'customerPurchaseOrder', what: string): Partial<WantedChange> => {
    const from = order[name] ?? '';
    const to = draft[name].trim();
    if (to === from) return {};
    if (to === '') {
      wrong.push(`${what}: it can be changed, but not taken away.`);
      return {};
    }
    preview.push({ what, from, to });
    return { [name]: to };
  };
  const before = draftOf(order).shipTo;
  const moved = addressMembers.filter((member) => draft.shipTo[member].trim() !== before[member]);
  for (const member of moved) {
    preview.push({
      what: `Ships to, ${addressWords[member].toLowerCase()}`,
      from: before[member],
      to: draft.shipTo[member].trim(),
    });
  }
  const { name, country, ...others } = draft.shipTo;
  if (moved.length > 0 && (name.trim() === '' || !/^[A-Z]{2}$/.test(country.trim()))) {
    wrong.push('An address needs a recipient and a country of two letters, like GB.');
  }
  const shipTo: Address = {
    name: name.trim(),
    country: country.trim(),
    ...Object.fromEntries(
      Object.entries(others)
        .map(([member, text]) => [member, text.trim()])
        .filter(([, text]) => text !== ''),
    ),
  };
  const wanted: WantedChange = {
    ...(lines.length === 0 ? {} : { lines }),
    ...(add.length === 0 ? {} : { add }),
    ...other('requestedDate', 'Due'),
    ...other('customerPurchaseOrder', 'Customer’s order'),
    ...(moved.length === 0 ? {} : { shipTo }),
  };
  return { wanted, preview, wrong };
}
