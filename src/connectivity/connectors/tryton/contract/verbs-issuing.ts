import { describe, expect, test } from 'vitest';
import type { TrytonVerbs } from '../connector.ts';
import type { Raw } from './raw.ts';
import { onlyShipment, pressAll, shipmentsOf } from './raw-documents.ts';
import { booked, callOf, faultOf, issueRequest, ten, type WantedLine } from './requests.ts';
import { facts, fresh } from './target.ts';

const three: readonly WantedLine[] = [
  { item: facts.item, quantity: '10' },
  { item: facts.other, quantity: '5', price: '3.39' },
  { item: facts.item, quantity: '3' },
];
const items = three.map(({ item }) => item);

/** Quantities that left with each shipment that is done, by line of the sale. */
async function left(raw: Raw, sale: number): Promise<readonly (readonly number[])[]> {
  const shipments = await shipmentsOf(raw, sale);
  return shipments
    .filter(({ state }) => state === 'done')
    .map(({ outgoing }) =>
      outgoing
        .toSorted((a, b) => a.origin.localeCompare(b.origin, 'en', { numeric: true }))
        .map(({ quantity }) => quantity),
    );
}

/** Booking what left the warehouse. */
export function describeIssuing(verbs: () => TrytonVerbs, open: () => Raw): void {
  const issues = () => verbs()['goods-issues'];

  describe('issuing goods', () => {
    test('ships everything, with the number of the warehouse on it', async () => {
      const raw = open();
      const booking = await booked(verbs(), three);
      const request = issueRequest(booking, items, ['10', '5', '3'], { final: true });
      const issue = await issues().issue(request, callOf(fresh('key')));
      const row = await raw.read('stock.shipment.out', Number(issue.id), ['state', 'reference', 'number']);
      expect(row).toMatchObject({ state: 'done', reference: request.shipmentNumber, number: issue.reference });
      expect(await left(raw, Number(booking.id))).toEqual([[10, 5, 3]]);
      expect(await issues().findIssue(request, callOf('q'))).toEqual({ known: 'done', answer: issue });
    });

    test('ships a part and leaves the rest open for the next', async () => {
      const raw = open();
      const booking = await booked(verbs(), three);
      const first = issueRequest(booking, items, ['7', '', '3']);
      const second = issueRequest(booking, items, ['3', '5'], { final: true });
      await issues().issue(first, callOf(fresh('key')));
      expect(await issues().findIssue(second, callOf('q'))).toEqual({ known: 'not-done' });
      await issues().issue(second, callOf(fresh('key')));
      expect(await left(raw, Number(booking.id))).toEqual([
        [7, 3],
        [3, 5],
      ]);
    });

    test('that is short and final cancels the rest, and the sale waits for nothing more', async () => {
      const raw = open();
      const booking = await booked(verbs(), three);
      const request = issueRequest(booking, items, ['8', '0', '3'], { final: true });
      const issue = await issues().issue(request, callOf(fresh('key')));
      const sale = Number(booking.id);
      expect((await shipmentsOf(raw, sale)).map(({ state }) => state)).toEqual(['done', 'cancelled']);
      expect(await raw.read('sale.sale', sale, ['shipment_state'])).toMatchObject({ shipment_state: 'sent' });
      expect(await issues().issue(request, callOf(fresh('key'), 2))).toEqual(issue);
      expect(await left(raw, sale)).toEqual([[8, 3]]);
    });

    test('of a shipment that Tryton had assigned, or picked alike, goes on from there', async () => {
      const raw = open();
      for (const buttons of [['assign_try'], ['assign_try', 'pick'], ['assign_try', 'pick', 'pack']]) {
        const booking = await booked(verbs(), ten);
        const { id } = await onlyShipment(raw, Number(booking.id));
        await pressAll(raw, id, ...buttons);
        await issues().issue(issueRequest(booking, [facts.item], ['10'], { final: true }), callOf(fresh('key')));
        expect(await left(raw, Number(booking.id))).toEqual([[10]]);
      }
    });

    test('takes back an assignment of other quantities', async () => {
      const raw = open();
      const booking = await booked(verbs(), ten);
      await pressAll(raw, (await onlyShipment(raw, Number(booking.id))).id, 'assign_try');
      await issues().issue(issueRequest(booking, [facts.item], ['4'], { final: true }), callOf(fresh('key')));
      expect(await left(raw, Number(booking.id))).toEqual([[4]]);
    });

    test('does not overrule what somebody picked otherwise in Tryton', async () => {
      const raw = open();
      const booking = await booked(verbs(), ten);
      await pressAll(raw, (await onlyShipment(raw, Number(booking.id))).id, 'assign_try', 'pick');
      const request = issueRequest(booking, [facts.item], ['4']);
      expect(await faultOf(issues().issue(request, callOf(fresh('key'))))).toMatchObject({
        kind: 'business',
        code: 'picked-otherwise',
      });
    });

    test('books what left even where Tryton believes that there is less', async () => {
      const raw = open();
      const booking = await booked(verbs(), [{ item: facts.northOnly, quantity: '2' }]);
      const request = issueRequest(booking, [facts.northOnly], ['2000000'], { final: true });
      await issues().issue(request, callOf(fresh('key')));
      expect(await left(raw, Number(booking.id))).toEqual([[2_000_000]]);
    });

    test('of a line that the sale does not have is refused', async () => {
      const booking = await booked(verbs(), ten);
      const request = issueRequest(booking, [facts.other], ['1']);
      expect(await faultOf(issues().issue(request, callOf(fresh('key'))))).toMatchObject({
        kind: 'business',
        code: 'unknown-line',
      });
    });

    test('when all is shipped already is refused', async () => {
      const booking = await booked(verbs(), ten);
      await issues().issue(issueRequest(booking, [facts.item], ['10']), callOf(fresh('key')));
      const more = issueRequest(booking, [facts.item], ['1']);
      expect(await faultOf(issues().issue(more, callOf(fresh('key'))))).toMatchObject({ code: 'nothing-open' });
    });

    test('of nothing, finally, gives up what was open', async () => {
      const raw = open();
      const booking = await booked(verbs(), ten);
      await issues().issue(issueRequest(booking, [facts.item], ['0'], { final: true }), callOf(fresh('key')));
      expect((await onlyShipment(raw, Number(booking.id))).state).toBe('cancelled');
      expect(await raw.read('sale.sale', Number(booking.id), ['state'])).toMatchObject({ state: 'done' });
    });
  });
}
