import { cancelInvoice, draftInvoice, post, validateInvoice } from '../business/invoice-buttons.ts';
import { moveTo } from '../business/moves.ts';
import type { Form } from '../business/on-change.ts';
import { lineForProduct, lineForQuantity, saleForParty } from '../business/on-change.ts';
import { cancelSale, confirm, draftSale, processSales, quote } from '../business/sale-buttons.ts';
import {
  assignForce,
  assignTry,
  cancelShipment,
  done,
  draftShipment,
  pack,
  pick,
  wait,
} from '../business/shipment-buttons.ts';
import type { MoveState } from '../models/rows.ts';
import { rowsOf } from '../records/read.ts';
import { modelNamed } from '../records/registry.ts';
import type { Transaction } from '../records/transaction.ts';
import { knownIds, type Method, type RpcCall } from './call.ts';
import { preferences } from './preferences.ts';

/** A button: it answers nothing, whatever it did. */
const button =
  (press: (transaction: Transaction, ids: readonly number[]) => void): Method =>
  (model, { params, transaction }) => {
    press(transaction, knownIds(model, params[0]));
    return null;
  };

const moveButton = (state: MoveState): Method =>
  button((transaction, ids) =>
    moveTo(
      transaction,
      ids.map((id) => transaction.books.moves.must(id)),
      state,
    ),
  );

const namesOf = (sent: unknown): readonly string[] => (Array.isArray(sent) ? sent.map(String) : []);

function saleLineChange(call: RpcCall): readonly object[] {
  const { params, transaction, registry } = call;
  const form = (params[0] ?? {}) as Form;
  if (typeof form.product === 'number') rowsOf(modelNamed(registry, 'product.product'), [form.product], 'read');
  const changed = namesOf(params[1]).map((name) =>
    name === 'product' ? lineForProduct(transaction, form) : lineForQuantity(transaction, form),
  );
  return [Object.assign({}, ...changed)];
}

/** What single models can be asked beside reading and writing. */
export const modelMethods: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  'res.user': { get_preferences: (_model, { params, transaction }) => preferences(transaction, params[0] === true) },
  'sale.sale': {
    quote: button(quote),
    confirm: button(confirm),
    process: button(processSales),
    cancel: button(cancelSale),
    draft: button(draftSale),
    on_change: (_model, { params, transaction }) => [
      namesOf(params[1]).includes('party') ? saleForParty(transaction, (params[0] ?? {}) as Form) : {},
    ],
  },
  'sale.line': { on_change: (_model, call) => saleLineChange(call) },
  'stock.shipment.out': {
    wait: button(wait),
    assign_try: (model, { params, transaction }) => assignTry(transaction, knownIds(model, params[0])),
    assign_force: button(assignForce),
    pick: button(pick),
    pack: button(pack),
    done: button(done),
    cancel: button(cancelShipment),
    draft: button(draftShipment),
  },
  'stock.move': {
    assign: moveButton('assigned'),
    cancel: moveButton('cancelled'),
    do: moveButton('done'),
    draft: moveButton('draft'),
  },
  'account.invoice': {
    post: button(post),
    cancel: button(cancelInvoice),
    draft: button(draftInvoice),
    validate_invoice: button(validateInvoice),
  },
};

/** Calls that are refused with 401 when the session has not been used for a while. */
export const wantsFreshSession: ReadonlySet<string> = new Set(['model.account.invoice.post']);
