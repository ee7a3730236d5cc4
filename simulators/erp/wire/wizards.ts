import { handleInvoices, handleMoves, undecidedInvoices, undecidedMoves } from '../business/exceptions.ts';
import type { Transaction } from '../records/transaction.ts';
import type { RpcCall } from './call.ts';
import { crash, keyError } from './refusals.ts';

/** A dialogue of one question: what is proposed, and what is done with the answer. */
interface Wizard {
  readonly domain: string;
  readonly chosen: string;
  readonly propose: (transaction: Transaction, sale: number) => readonly number[];
  readonly handle: (
    transaction: Transaction,
    sale: number,
    domain: readonly number[],
    chosen: readonly number[],
  ) => void;
}

const wizards: Readonly<Record<string, Wizard>> = {
  'sale.handle.shipment.exception': {
    domain: 'domain_moves',
    chosen: 'recreate_moves',
    propose: undecidedMoves,
    handle: handleMoves,
  },
  'sale.handle.invoice.exception': {
    domain: 'domain_invoices',
    chosen: 'recreate_invoices',
    propose: undecidedInvoices,
    handle: handleInvoices,
  },
};

/** The sale that the dialogue is about stands in the context. */
function activeSale({ transaction }: RpcCall): number {
  const id = Number(transaction.context.active_id);
  if (transaction.books.sales.get(id) === undefined) throw crash("'NoneType' object has no attribute 'lines'");
  return id;
}

const idList = (sent: unknown): readonly number[] => (Array.isArray(sent) ? sent.map(Number) : []);

function answered(
  name: string,
  wizard: Wizard,
  data: unknown,
): { domain: readonly number[]; chosen: readonly number[] } {
  const answer = ((data as { ask?: Record<string, unknown> } | null)?.ask ?? {}) as Record<string, unknown>;
  for (const member of [wizard.domain, wizard.chosen]) {
    if (!(member in answer)) throw crash(`'${name}.ask' Model has no attribute '${member}'`);
  }
  return { domain: idList(answer[wizard.domain]), chosen: idList(answer[wizard.chosen]) };
}

function execute(name: string, wizard: Wizard, call: RpcCall): object {
  const { params, transaction } = call;
  const [session, data, state] = params;
  if (transaction.books.wizardSessions.get(Number(session)) === undefined) throw crash(`no wizard session ${session}`);
  if (state === 'end') return {};
  const sale = activeSale(call);
  if (state === 'ask') {
    const proposed = wizard.propose(transaction, sale);
    const defaults = { [wizard.chosen]: proposed, [wizard.domain]: proposed };
    return { view: { fields_view: {}, defaults, buttons: [], state } };
  }
  if (state !== 'handle') throw keyError(String(state));
  const { domain, chosen } = answered(name, wizard, data);
  wizard.handle(transaction, sale, domain, chosen);
  return {};
}

/** `create` opens a dialogue, `execute` asks or handles, `delete` closes it. Undefined: no such wizard or method. */
export function wizardMethod(name: string, method: string): ((call: RpcCall) => unknown) | undefined {
  const wizard = Object.hasOwn(wizards, name) ? wizards[name] : undefined;
  if (wizard === undefined) return undefined;
  if (method === 'create') {
    return ({ transaction }) => [
      transaction.insert(transaction.books.wizardSessions, { wizard: name }).id,
      'ask',
      'end',
    ];
  }
  if (method === 'execute') return (call) => execute(name, wizard, call);
  if (method !== 'delete') return undefined;
  return ({ params, transaction }) => {
    transaction.remove(transaction.books.wizardSessions, Number(params[0]));
    return null;
  };
}
