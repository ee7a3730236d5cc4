import type { Transaction } from '../records/transaction.ts';
import { fromWire, toWire } from '../wire/values.ts';
import { lineAmount } from './amounts.ts';
import { priceOf } from './price.ts';
import { templateOf } from './sale.ts';

/** A record that exists only in the caller's form. */
export type Form = Readonly<Record<string, unknown>>;

const idIn = (form: Form, name: string): number | null => {
  const id = fromWire('many2one', form[name]);
  return id === null ? null : Number(id);
};

const nothing = toWire('numeric', '0.0');

/** The unit and the type that the product brings, where the form has others. */
function shapeOf(transaction: Transaction, form: Form, product: number): object {
  const { id, name, digits } = transaction.books.uoms.must(templateOf(transaction.books, product).sale_uom);
  return {
    ...(form.type === 'line' ? {} : { type: 'line' }),
    ...(form.unit === id ? {} : { unit: id, 'unit.': { rec_name: name }, unit_digits: digits }),
  };
}

/** The taxes of the product's category, where the form has others. */
function taxesOf({ books }: Transaction, form: Form, product: number): object {
  const { customer_taxes } = books.categories.must(templateOf(books, product).account_category);
  const same = Array.isArray(form.taxes) && form.taxes.toSorted().join() === customer_taxes.toSorted().join();
  return same ? {} : { taxes: { add: customer_taxes.map((id, index) => [index, { id }]) } };
}

/** What the client's form of a sale line would show once the product is chosen. Nothing is stored. */
export function lineForProduct(transaction: Transaction, form: Form): object {
  const product = idIn(form, 'product');
  if (product === null) return {};
  const sale = (form.sale ?? {}) as Form;
  const shape = shapeOf(transaction, form, product);
  // Prices and taxes belong to a company; without one there are none.
  if (idIn(sale, 'company') === null) return { ...shape, unit_price: null, amount: nothing };
  const unit_price = priceOf(transaction.books, product, idIn(sale, 'price_list'));
  const quantity = fromWire('float', form.quantity ?? 0) as typeof unit_price;
  return {
    ...shape,
    ...taxesOf(transaction, form, product),
    unit_price: toWire('numeric', unit_price),
    amount: toWire('numeric', lineAmount({ quantity, unit_price, taxes: [] })),
  };
}

/** … and once the quantity, the unit or the taxes are changed. */
export function lineForQuantity(transaction: Transaction, form: Form): object {
  const product = idIn(form, 'product');
  const sale = (form.sale ?? {}) as Form;
  if (product === null || idIn(sale, 'company') === null) return { unit_price: null };
  return { unit_price: toWire('numeric', priceOf(transaction.books, product, idIn(sale, 'price_list'))) };
}

/** What the form of a sale would show once the customer is chosen. */
export function saleForParty(transaction: Transaction, form: Form): object {
  const { books } = transaction;
  const id = idIn(form, 'party');
  if (id === null) return { invoice_address: null, shipment_address: null, payment_term: null, price_list: null };
  const party = books.parties.must(id);
  const addresses = books.addresses.by('party', id).filter(({ active }) => active);
  const invoice = addresses.find((address) => address.invoice) ?? addresses[0];
  const delivery = addresses.find((address) => address.delivery) ?? addresses[0];
  return {
    invoice_address: invoice?.id ?? null,
    shipment_address: delivery?.id ?? null,
    payment_term: party.customer_payment_term,
    price_list: party.sale_price_list,
    invoice_party: null,
    shipment_party: null,
  };
}
