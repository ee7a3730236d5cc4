import { Big } from 'big.js';
import type { Expected, ExpectedPlace } from '../oracle/expected.ts';
import { doubled, type Finding, lost, wrong } from './difference.ts';
import type { Document, OrderFacts } from './facts.ts';
import { deviation, lineTexts } from './tally.ts';

const vat = new Big('0.2');

/** Does a document add up, by its own lines? */
function arithmetic(what: string, { lines, untaxed, tax, total }: Document): readonly Finding[] {
  const sum = lines.reduce((all, { quantity, unitPrice }) => all.plus(quantity.times(unitPrice).round(2)), new Big(0));
  const due = sum.times(vat).round(2);
  const right = untaxed.eq(sum) && tax.eq(due) && total.eq(sum.plus(due));
  const stands = `${untaxed.toFixed(2)} + ${tax.toFixed(2)} = ${total.toFixed(2)}`;
  return right ? [] : [wrong(`${what} says ${stands}; its lines come to ${sum.toFixed(2)} + ${due.toFixed(2)} of tax`)];
}

const at = (place: ExpectedPlace, site: string | undefined): boolean => place.site === 'any' || place.site === site;

function salesLines(place: ExpectedPlace, sale: Document, chargeItems: ReadonlySet<string>): readonly Finding[] {
  const goods = lineTexts(sale.lines.filter(({ item }) => !chargeItems.has(item)));
  const expected = lineTexts(place.booked);
  return goods.join() === expected.join()
    ? []
    : [wrong(`sales order ${sale.number} has ${goods.join(', ') || 'no goods'}; expected ${expected.join(', ')}`)];
}

/** One sales order for each warehouse, with exactly its lines; the charges on one of them. */
export function compareSales({ places, charges }: Expected, { sales }: OrderFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const chargeItems = new Set(charges.map(({ item }) => item));
  for (const place of places) {
    const here = sales.filter(({ site }) => at(place, site));
    const [sale, ...more] = here;
    if (sale === undefined) findings.push(lost(`no sales order in the ERP for warehouse ${place.site}`));
    else findings.push(...salesLines(place, sale, chargeItems));
    if (more.length > 0) {
      findings.push(
        doubled(
          `${here.length} sales orders for warehouse ${place.site}: ${here.map(({ number }) => number).join(', ')}`,
        ),
      );
    }
  }
  const strangers = sales.filter(({ site }) => !places.some((place) => at(place, site)));
  for (const { number, site } of strangers)
    findings.push(doubled(`sales order ${number} for ${site} should not be there`));
  if (sales.length === places.length) {
    const booked = deviation(
      charges,
      sales.flatMap(({ lines }) => lines.filter(({ item }) => chargeItems.has(item))),
    );
    for (const charge of booked.missing) findings.push(lost(`the sales order lacks the charge ${charge}`));
    for (const charge of booked.extra) findings.push(doubled(`the sales order charges ${charge} too much`));
  }
  return [...findings, ...sales.flatMap((sale) => arithmetic(`sales order ${sale.number}`, sale))];
}

/** What was shipped is invoiced, with the charges where they are due, at the agreed prices; no more and no less. */
export function compareInvoices(expected: Expected, { invoices }: OrderFacts): readonly Finding[] {
  const due = [
    ...expected.places.flatMap(({ shipped }) => shipped),
    ...(expected.chargesInvoiced ? expected.charges : []),
  ];
  const { missing, extra } = deviation(
    due,
    invoices.flatMap(({ lines }) => lines),
  );
  return [
    ...missing.map((what) => lost(`not invoiced: ${what}`)),
    ...extra.map((what) => doubled(`invoiced beyond what shipped: ${what}`)),
    ...invoices.flatMap((invoice) => arithmetic(`invoice ${invoice.number}`, invoice)),
  ];
}
