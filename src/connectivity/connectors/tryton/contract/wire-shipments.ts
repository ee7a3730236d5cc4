import { describe, expect, test } from 'vitest';
import type { Raw } from './raw.ts';
import { confirmedSale, onlyShipment, pressAll, shipmentsOf, stateOf } from './raw-documents.ts';
import { facts } from './target.ts';

const two = [
  { item: facts.item, quantity: 10 },
  { item: facts.other, quantity: 5 },
];
const shipment = 'stock.shipment.out';

/** The moves of a sale's lines, in the order of the lines. */
const byLine = <Move extends { readonly origin: string }>(moves: readonly Move[]): readonly Move[] =>
  moves.toSorted((a, b) => a.origin.localeCompare(b.origin, 'en', { numeric: true }));

async function setQuantity(raw: Raw, shipmentId: number, move: number | undefined, quantity: number): Promise<void> {
  await raw.call(`model.${shipment}.write`, [shipmentId], { inventory_moves: [['write', [move], { quantity }]] });
}

/** How shipments behave on the bare wire. */
export function describeShipments(open: () => Raw): void {
  describe('a shipment on the wire', () => {
    test('has for each outgoing move one that picks it', async () => {
      const raw = open();
      const { state, outgoing, inventory } = await onlyShipment(raw, await confirmedSale(raw, two));
      expect(state).toBe('waiting');
      expect(outgoing.map(({ quantity }) => quantity).toSorted()).toEqual([10, 5]);
      expect(new Set(inventory.map(({ origin }) => origin))).toEqual(
        new Set(outgoing.map(({ id }) => `stock.move,${id}`)),
      );
      expect(outgoing.every(({ origin }) => /^sale\.line,\d+$/.test(origin))).toBe(true);
    });

    test('is assigned, picked, packed and done', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, two);
      const { id } = await onlyShipment(raw, sale);
      expect(await raw.say(`model.${shipment}.assign_try`, [id])).toEqual({ result: true });
      expect(await stateOf(raw, shipment, id)).toBe('assigned');
      await pressAll(raw, id, 'pick', 'pack', 'done');
      expect(await stateOf(raw, shipment, id)).toBe('done');
      const row = await raw.read('sale.sale', sale, ['shipment_state', 'invoices.state', 'invoices.untaxed_amount']);
      expect(row).toMatchObject({
        shipment_state: 'sent',
        'invoices.': [{ state: 'draft', untaxed_amount: { decimal: '38.25' } }],
      });
    });

    test('is picked though nothing was assigned: whoever picks must look first', async () => {
      const raw = open();
      const { id } = await onlyShipment(raw, await confirmedSale(raw, two));
      expect(await raw.say(`model.${shipment}.pick`, [id])).toEqual({ result: null });
      expect(await stateOf(raw, shipment, id)).toBe('picked');
    });

    test('skips a button in the wrong state without a word', async () => {
      const raw = open();
      const { id } = await onlyShipment(raw, await confirmedSale(raw, two));
      expect(await raw.say(`model.${shipment}.done`, [id])).toEqual({ result: null });
      expect(await stateOf(raw, shipment, id)).toBe('waiting');
    });

    test('does not let an assigned move be written; waiting again makes new ones', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, two);
      const before = await onlyShipment(raw, sale);
      await pressAll(raw, before.id, 'assign_try');
      const [move] = before.inventory;
      expect(await raw.say('model.stock.move.write', [move?.id], { quantity: 1 })).toMatchObject({
        error: ['UserError', [expect.stringContaining('reset its state to draft'), '', null]],
      });
      await pressAll(raw, before.id, 'wait');
      const after = await onlyShipment(raw, sale);
      expect(after.state).toBe('waiting');
      const ids = new Set(before.inventory.map(({ id }) => id));
      expect(after.inventory.some(({ id }) => ids.has(id))).toBe(false);
    });

    test('that is picked short ships what was picked and leaves the rest in a new shipment', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, two);
      const { id, inventory } = await onlyShipment(raw, sale);
      const [first, second] = byLine(inventory);
      await raw.call(`model.${shipment}.write`, [id], {
        reference: 'W-1',
        inventory_moves: [
          ['write', [first?.id], { quantity: 7 }],
          ['delete', [second?.id]],
        ],
      });
      await pressAll(raw, id, 'assign_try', 'pick', 'pack', 'done');
      const [shipped, rest] = await shipmentsOf(raw, sale);
      expect(shipped).toMatchObject({ state: 'done', outgoing: [{ quantity: 7, state: 'done' }] });
      expect(rest?.state).toBe('waiting');
      expect(byLine(rest?.outgoing ?? []).map(({ quantity }) => quantity)).toEqual([3, 5]);
      expect(await raw.read('sale.sale', sale, ['shipment_state'])).toMatchObject({ shipment_state: 'waiting' });
    });

    test('ships more than was ordered if it is picked so', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, [{ item: facts.item, quantity: 10 }]);
      const { id, inventory } = await onlyShipment(raw, sale);
      await setQuantity(raw, id, inventory[0]?.id, 13);
      await pressAll(raw, id, 'assign_try', 'pick', 'pack', 'done');
      expect(await onlyShipment(raw, sale)).toMatchObject({ state: 'done', outgoing: [{ quantity: 13 }] });
    });

    test('with too little stock stays waiting with a part assigned, until it is forced', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, two);
      const { id, inventory } = await onlyShipment(raw, sale);
      const [, second] = byLine(inventory);
      await setQuantity(raw, id, second?.id, 5_000_000);
      expect(await raw.say(`model.${shipment}.assign_try`, [id])).toEqual({ result: false });
      const partly = await onlyShipment(raw, sale);
      expect(partly.state).toBe('waiting');
      expect(new Set(partly.inventory.map(({ state }) => state))).toEqual(new Set(['assigned', 'draft']));
      await raw.call(`model.${shipment}.assign_force`, [id]);
      const forced = await onlyShipment(raw, sale);
      expect(forced.state).toBe('assigned');
      await pressAll(raw, id, 'cancel');
      expect(await stateOf(raw, shipment, id)).toBe('cancelled');
    });

    test('that is cancelled leaves its sale in exception until the sale is told not to wait', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, two);
      const { id, outgoing } = await onlyShipment(raw, sale);
      await pressAll(raw, id, 'cancel');
      expect(await raw.read('sale.sale', sale, ['state', 'shipment_state'])).toMatchObject({
        state: 'processing',
        shipment_state: 'exception',
      });
      const wizard = 'wizard.sale.handle.shipment.exception';
      const [session] = await raw.call<readonly unknown[]>(`${wizard}.create`);
      const about = { active_model: 'sale.sale', active_id: sale, active_ids: [sale] };
      const form = { ask: { domain_moves: outgoing.map((move) => move.id), recreate_moves: [] } };
      await raw.sayWith(about, `${wizard}.execute`, session, form, 'handle');
      await raw.call(`${wizard}.delete`, session);
      expect(await raw.read('sale.sale', sale, ['state', 'shipment_state'])).toMatchObject({
        state: 'done',
        shipment_state: 'sent',
      });
    });
  });
}
