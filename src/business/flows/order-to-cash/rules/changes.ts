import { type LineQuantities, type OrderLine, at as quantityAt } from '#model/canonical';
import { add, compare, type Decimal, isPositive, isZero, smaller, subtract, zero } from '#model/kernel';
import type { Amendment, OrderDocument, WantedChange } from '../document.ts';
import { demandOf } from './demand.ts';
import { chargesAreOpen, hasAny, liveQuantity, openLines } from './lines.ts';

/** A change as far as it can be made now, and in words what cannot. */
export interface Changed<Doc> {
  readonly doc: Doc;
  readonly isChanged: boolean;
  readonly notes: readonly string[];
}

const amendLine = (amended: Amendment, line: OrderLine): Amendment => ({
  ...amended,
  lines: [...(amended.lines ?? []).filter(({ lineNumber }) => lineNumber !== line.lineNumber), line],
});

const increased = (line: LineQuantities, by: Decimal): LineQuantities => ({
  ...line,
  ordered: add(line.ordered, by),
  open: add(quantityAt(line, 'open'), by),
});

/** Gives up so much of what no warehouse has: first what is open, then what is backordered. */
function decreased(line: LineQuantities, by: Decimal): LineQuantities {
  const { open: _, backordered: __, ...others } = line;
  const fromOpen = smaller(quantityAt(line, 'open'), by);
  const open = subtract(quantityAt(line, 'open'), fromOpen);
  const backordered = subtract(quantityAt(line, 'backordered'), subtract(by, fromOpen));
  return {
    ...others,
    ...(isZero(open) ? {} : { open }),
    ...(isZero(backordered) ? {} : { backordered }),
    cancelled: add(quantityAt(line, 'cancelled'), by),
  };
}

/** What of a line can still be given up without asking a warehouse. */
export const stillFree = (line: LineQuantities): Decimal =>
  add(quantityAt(line, 'open'), quantityAt(line, 'backordered'));

interface Work {
  readonly lines: OrderDocument['lines'];
  readonly amended: Amendment;
  readonly notes: readonly string[];
}

function changeGoods(work: Work, line: OrderLine, wanted: Decimal): Work {
  const known = work.lines[line.lineNumber];
  if (known === undefined) return work;
  const live = liveQuantity(known);
  const more = subtract(wanted, live);
  if (isZero(more)) return work;
  const isTooMuch = compare(subtract(zero, more), stillFree(known)) > 0;
  const by = isTooMuch ? subtract(zero, stillFree(known)) : more;
  const quantity = add(live, by);
  const after = isPositive(by) ? increased(known, by) : decreased(known, subtract(zero, by));
  const note = `line ${line.lineNumber} cannot be less than ${quantity}: so much has left or is with a warehouse`;
  return {
    lines: isZero(by) ? work.lines : { ...work.lines, [line.lineNumber]: after },
    amended: isZero(by) ? work.amended : amendLine(work.amended, { ...line, quantity }),
    notes: isTooMuch ? [...work.notes, note] : work.notes,
  };
}

function changeLines(doc: OrderDocument, wanted: WantedChange, work: Work): Work {
  let after = work;
  for (const { lineNumber, quantity } of wanted.lines ?? []) {
    const line = demandOf({ given: doc.given, amended: after.amended }).lines.find(
      (each) => each.lineNumber === lineNumber,
    );
    const note = (text: string): Work => ({ ...after, notes: [...after.notes, text] });
    if (line === undefined) after = note(`there is no line ${lineNumber}`);
    else if (line.kind === 'goods') after = changeGoods(after, line, quantity);
    else if (compare(line.quantity, quantity) === 0) continue;
    else if (!chargesAreOpen(doc)) after = note(`line ${lineNumber} is a charge that is booked and will be invoiced`);
    else after = { ...after, amended: amendLine(after.amended, { ...line, quantity }) };
  }
  return after;
}

function addLines(doc: OrderDocument, wanted: WantedChange, work: Work): Work {
  let after = work;
  for (const added of wanted.add ?? []) {
    const { lines } = demandOf({ given: doc.given, amended: after.amended });
    const line: OrderLine = { lineNumber: Math.max(0, ...lines.map((each) => each.lineNumber)) + 1, ...added };
    if (line.kind === 'charge' && !chargesAreOpen(doc) && lines.some(({ kind }) => kind === 'charge')) {
      after = { ...after, notes: [...after.notes, `${line.item} was not added: the order's charges are booked`] };
      continue;
    }
    after = {
      ...after,
      lines: { ...after.lines, ...openLines([line]) },
      amended: amendLine(after.amended, line),
    };
  }
  return after;
}

/** Is anything left that a new date, address or number could still be about? */
const somethingIsLeft = (lines: OrderDocument['lines'], doc: OrderDocument): boolean =>
  Object.keys(lines).length === 0 ? chargesAreOpen(doc) : hasAny({ ...doc, lines }, 'open', 'allocated', 'backordered');

const headerWords = {
  requestedDate: 'the requested date',
  shipTo: 'the address',
  customerPurchaseOrder: 'the purchase order number',
} as const;
export const headerMembers = Object.keys(headerWords) as readonly (keyof typeof headerWords)[];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function changeHeader(doc: OrderDocument, wanted: WantedChange, work: Work): Work {
  const present = demandOf(doc);
  const members = headerMembers.filter((name) => wanted[name] !== undefined && !isSame(wanted[name], present[name]));
  if (members.length === 0) return work;
  if (!somethingIsLeft(work.lines, doc)) {
    const notes = members.map((name) => `${headerWords[name]} came too late: nothing is left to ship`);
    return { ...work, notes: [...work.notes, ...notes] };
  }
  return { ...work, amended: { ...work.amended, ...Object.fromEntries(members.map((name) => [name, wanted[name]])) } };
}

/** Makes of a change what can be made with what no warehouse has. */
export function makeChange<Doc extends OrderDocument>(doc: Doc, wanted: WantedChange): Changed<Doc> {
  const before: Work = { lines: doc.lines, amended: doc.amended ?? {}, notes: [] };
  const { lines, amended, notes } = changeHeader(doc, wanted, addLines(doc, wanted, changeLines(doc, wanted, before)));
  const isChanged = amended !== before.amended;
  return { doc: isChanged ? { ...doc, lines, amended } : doc, isChanged, notes };
}

const fromTo = (from: unknown, to: string): string => (from === undefined ? to : `${from} to ${to}`);

/** What a change asks for, in words. */
export function changeInWords(doc: OrderDocument, wanted: WantedChange): readonly string[] {
  const { lines, requestedDate, customerPurchaseOrder } = demandOf(doc);
  const quantityOf = (wantedLine: number) => lines.find(({ lineNumber }) => lineNumber === wantedLine)?.quantity;
  const ofLines = (wanted.lines ?? []).map(({ lineNumber, quantity }) =>
    isZero(quantity)
      ? `cancel line ${lineNumber} (${quantityOf(lineNumber) ?? 'unknown'})`
      : `line ${lineNumber} from ${fromTo(quantityOf(lineNumber), quantity)}`,
  );
  const ofNew = (wanted.add ?? []).map(({ quantity, unit, item }) => `add ${quantity} ${unit} of ${item}`);
  const { shipTo } = wanted;
  return [
    ...ofLines,
    ...ofNew,
    ...(wanted.requestedDate === undefined ? [] : [`requested date ${fromTo(requestedDate, wanted.requestedDate)}`]),
    ...(shipTo === undefined
      ? []
      : [
          `ship to ${[shipTo.name, shipTo.street, shipTo.postalCode, shipTo.city, shipTo.country].filter(Boolean).join(', ')}`,
        ]),
    ...(wanted.customerPurchaseOrder === undefined
      ? []
      : [`purchase order number ${fromTo(customerPurchaseOrder, wanted.customerPurchaseOrder)}`]),
  ];
}
