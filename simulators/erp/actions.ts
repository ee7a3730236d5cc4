import { type Static, type TSchema, Type } from 'typebox';
import { type Decimal, decimalPattern } from '#model/kernel';
import { type Action, createCheck } from '../kit/index.ts';
import { countStock } from './business/count-stock.ts';
import type { PartyRow } from './models/rows.ts';
import type { Transaction } from './records/transaction.ts';
import type { Sessions } from './wire/sessions.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Amount = Type.String({ pattern: decimalPattern });

const CreditLimit = Type.Object({ customer: Text, amount: Type.Union([Amount, Type.Null()]) }, closed);
const Block = Type.Object({ customer: Text, blocked: Type.Optional(Type.Boolean()) }, closed);
const Price = Type.Object({ customer: Text, item: Text, unitPrice: Amount }, closed);
const StockCount = Type.Object({ item: Text, site: Text, quantity: Amount }, closed);

const missing = (path: string, value: string): Error => new Error(`${path}: there is no ${value} in the ERP`);

function customerNumbered({ books }: Transaction, number: string): PartyRow {
  const [party] = books.parties.by('code', number);
  if (party === undefined) throw missing('/customer', number);
  return party;
}

function productOf({ books }: Transaction, item: string): number {
  const [product] = books.products.by('code', item);
  if (product === undefined) throw missing('/item', item);
  return product.id;
}

function setPrice(transaction: Transaction, { customer, item, unitPrice }: Static<typeof Price>): void {
  const { books, insert, update } = transaction;
  const party = customerNumbered(transaction, customer);
  const product = productOf(transaction, item);
  const unit_price = unitPrice as Decimal;
  const [company] = books.companies.all();
  const list =
    party.sale_price_list ??
    insert(books.priceLists, { name: `Prices of ${customer}`, company: company?.id ?? 0, active: true }).id;
  if (party.sale_price_list === null) update(books.parties, party.id, { sale_price_list: list });
  const line = books.priceListLines.by('product', product).find(({ price_list }) => price_list === list);
  if (line === undefined) insert(books.priceListLines, { price_list: list, product, unit_price });
  else update(books.priceListLines, line.id, { unit_price });
}

function setStock(transaction: Transaction, { item, site, quantity }: Static<typeof StockCount>): void {
  const warehouse = transaction.books.locations.by('code', site).find(({ type }) => type === 'warehouse');
  if (warehouse === undefined) throw missing('/site', site);
  countStock(transaction, productOf(transaction, item), warehouse, quantity as Decimal);
}

/** What people do in the ERP beside the integration. `run` commits it like a call. */
export function erpActions(
  run: (work: (transaction: Transaction) => void) => Promise<void>,
  sessions: Pick<Sessions, 'revokeAll' | 'logIns'>,
): Readonly<Record<string, Action>> {
  const action = <Schema extends TSchema>(
    name: string,
    schema: Schema,
    act: (transaction: Transaction, input: Static<Schema>) => void,
  ): Readonly<Record<string, Action>> => {
    const check = createCheck(schema);
    const checked: Action = async (input) => {
      const result = check(input);
      if ('complaints' in result) throw new Error(`${name}: ${result.complaints.join('; ')}`);
      await run((transaction) => act(transaction, result.value));
    };
    return { [name]: checked };
  };
  const writeParty = (transaction: Transaction, customer: string, changes: Partial<PartyRow>): void => {
    transaction.update(transaction.books.parties, customerNumbered(transaction, customer).id, changes as never);
  };
  return {
    ...action('set-credit-limit', CreditLimit, (transaction, { customer, amount }) =>
      writeParty(transaction, customer, { credit_limit_amount: amount as Decimal | null }),
    ),
    ...action('block-customer', Block, (transaction, { customer, blocked = true }) =>
      writeParty(transaction, customer, { active: !blocked }),
    ),
    ...action('set-price', Price, setPrice),
    ...action('set-stock', StockCount, setStock),
    'revoke-sessions': () => run(sessions.revokeAll),
    'count-log-ins': async () => sessions.logIns(),
  };
}
