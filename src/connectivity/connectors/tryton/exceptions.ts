import { Type } from 'typebox';
import type { Erp, Speech } from './erp.ts';
import { Id, reader } from './wire.ts';

const readWizard = reader(Type.Tuple([Id, Type.String(), Type.String()]));
const anything = (answer: unknown) => answer;

/** Runs a wizard whose answers are known beforehand: its form is filled in without being shown. */
async function runWizard(erp: Erp, wizard: string, sale: number, form: object): Promise<void> {
  const [session] = await erp.act(readWizard, `wizard.${wizard}.create`, []);
  const speech: Speech = { context: { active_model: 'sale.sale', active_id: sale, active_ids: [sale] } };
  await erp.act(anything, `wizard.${wizard}.execute`, [session, { ask: form }, 'handle'], speech);
  await erp.act(anything, `wizard.${wizard}.delete`, [session]);
}

/** Tells the sale that these cancelled moves will not be shipped any more, so that it may close. */
export const giveUpMoves = (erp: Erp, sale: number, moves: readonly number[]): Promise<void> =>
  runWizard(erp, 'sale.handle.shipment.exception', sale, { domain_moves: moves, recreate_moves: [] });

/** Tells the sale that these cancelled invoices will not be made again. */
export const giveUpInvoices = (erp: Erp, sale: number, invoices: readonly number[]): Promise<void> =>
  runWizard(erp, 'sale.handle.invoice.exception', sale, { domain_invoices: invoices, recreate_invoices: [] });
