import { describe, expect, test } from 'vitest';
import type { FulfilmentOrder } from '#model/canonical';
import { decimal } from '#model/kernel';
import { orderFor, settingsFor } from '../testing.ts';
import { identifyOrder, writeOrder } from './order-document.ts';

const at = '2026-03-01T10:15:30.000Z';
const settings = settingsFor();
const write = (order: FulfilmentOrder, kind: 'release' | 'cancellation' = 'release') =>
  writeOrder(settings, order, kind, '123456789', at);
const shipTo = (changes: object) =>
  orderFor('100001-NORTH-1', { shipTo: { name: 'Alice', country: 'GB', ...changes } });

describe('a 940', () => {
  test('says what to ship to whom', () => {
    expect(write({ ...orderFor('100001-NORTH-1'), requestedDate: '2026-03-04' }).split('\n')).toEqual([
      'ISA*00*          *00*          *ZZ*CROSSDOCK      *ZZ*NORTHWMS       *260301*1015*U*00401*123456789*0*P*>~',
      'GS*OW*CROSSDOCK*NORTHWMS*20260301*101530*123456789*X*004010~',
      'ST*940*0001~',
      'W05*N*100001-NORTH-1*PO-100001~',
      'N1*ST*Alice Smith~',
      'N3*1 High Street~',
      'N4*Leeds**LS1 1AA*GB~',
      'N1*WH*NORTH*92*NORTH~',
      'N9*CO*100001~',
      'G62*10*20260304~',
      'LX*1~',
      'W01*6*EA**VN*85123A~',
      'G69*Heart white~',
      'N9*LI*1~',
      'LX*2~',
      'W01*4*EA**VN*85123A~',
      'N9*LI*3~',
      'W76*10~',
      'SE*17*0001~',
      'GE*1*123456789~',
      'IEA*1*123456789~',
      '',
    ]);
  });

  test('to cancel says so, and both are known again', () => {
    expect(write(orderFor('100001-NORTH-1'), 'cancellation')).toContain('W05*F*100001-NORTH-1*PO-100001~');
    for (const kind of ['release', 'cancellation'] as const) {
      const written = Buffer.from(write(orderFor('100001-NORTH-1'), kind));
      expect(identifyOrder(written)).toEqual({ kind, fulfilmentNumber: '100001-NORTH-1' });
    }
    expect(identifyOrder(Buffer.from('hello'))).toBeUndefined();
  });

  test('spreads long names and streets, and keeps only what an address has', () => {
    expect(write(shipTo({}))).toContain('N1*ST*Alice~\nN4****GB~');
    const name = `${'A'.repeat(60)}${'B'.repeat(30)}`;
    const street = `${'C'.repeat(55)}${'D'.repeat(20)}`;
    const text = write(shipTo({ name, street }));
    expect(text).toContain(`N1*ST*${'A'.repeat(60)}~\nN2*${'B'.repeat(30)}~\nN3*${'C'.repeat(55)}*${'D'.repeat(20)}~`);
  });

  test('cuts a long purchase order number where it must be short, and has it whole beside', () => {
    const number = `${'P'.repeat(22)}Q${'R'.repeat(17)}`;
    const text = write(orderFor('1-NORTH-1', { customerPurchaseOrder: number }));
    expect(text).toContain(`W05*N*1-NORTH-1*${'P'.repeat(22)}~`);
    expect(text).toContain(`N9*PO*${number.slice(0, 30)}*${number}~`);
  });

  const line = (changes: object) =>
    orderFor('100001-NORTH-1', {
      lines: [{ lineNumber: 1, item: 'A', quantity: decimal('1'), unit: 'EA', ...changes }],
    });
  test.each([
    ['a long order number', { ...orderFor('x'.repeat(23)) }, /W0502 is too long/],
    ['a long city', shipTo({ city: 'x'.repeat(31) }), /N401 is too long/],
    ['a short postal code', shipTo({ postalCode: 'A1' }), /N403 is too short/],
    ['a unit of three', line({ unit: 'PCS' }), /W0102 is too long/],
    ['an item with a delimiter', line({ item: 'A~B' }), /W0105 cannot hold "~"/],
  ])('refuses %s by name', (_, order, message) => {
    expect(() => write(order)).toThrow(
      expect.objectContaining({ kind: 'permanent', code: 'does-not-fit-x12', message: expect.stringMatching(message) }),
    );
  });
});
