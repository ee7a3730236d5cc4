import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { controlClient, readLedger, type StartedSimulator, smallWorld, startSimulator } from '../kit/index.ts';
import { logIn } from './testing/client.ts';
import { confirmed, onlyShipment, press, stockOf } from './testing/sales.ts';

const running: StartedSimulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.kill();
});

function given() {
  const folder = mkdtempSync(join(tmpdir(), 'erp-restart-'));
  const [worldFile, ledgerFile] = [join(folder, 'world.json'), join(folder, 'ledger.jsonl')];
  writeFileSync(worldFile, JSON.stringify(smallWorld));
  const start = async () => {
    const simulator = await startSimulator({ kind: 'erp', worldFile, ledgerFile });
    running.push(simulator);
    return simulator;
  };
  return { start, worldFile, ledgerFile };
}

const logInTo = ({ url, details }: StartedSimulator) => logIn(url, 'integration', String(details.password));

describe('an ERP process', () => {
  test('that is killed goes on where it was: sales, stock, numbers, sessions', async () => {
    const { start } = given();
    const first = await start();
    const client = await logInTo(first);
    const sale = await confirmed(client, [{ item: '85123A', quantity: 10 }]);
    await press(client, (await onlyShipment(client, sale)).id, 'assign_try', 'pick');
    await controlClient(first.control).act('set-price', { customer: '17850', item: '85123A', unitPrice: '9.99' });
    const before = await client.read('sale.sale', sale, 'state', 'number', '_timestamp', 'write_date', 'total_amount');
    await first.kill();

    const again = await start();
    const back = await logInTo(again);
    expect(await back.read('sale.sale', sale, 'state', 'number', '_timestamp', 'write_date', 'total_amount')).toEqual(
      before,
    );
    expect(await stockOf(back, '85123A')).toEqual([100, 90]);
    await press(back, (await onlyShipment(back, sale)).id, 'pack', 'done');
    expect(
      await back.read('sale.sale', await confirmed(back, [{ item: '85123A', quantity: 1 }]), 'number'),
    ).toMatchObject({
      number: 'SO000002',
    });
    const [line] = await back.find('product.price_list.line', [['product.code', '=', '85123A']], 'formula');
    expect(line?.formula).toBe("Decimal('9.99')");
    const old = await fetch(`${again.url}erp/`, {
      method: 'POST',
      headers: client.headers,
      body: JSON.stringify({ id: 1, method: 'model.party.party.read', params: [[1], ['name'], {}] }),
    });
    expect(old.status).toBe(200);
  });

  test('tells the ledger what a crash kept from it, once', async () => {
    const { start, ledgerFile } = given();
    const first = await start();
    await confirmed(await logInTo(first), [{ item: '85123A', quantity: 10 }]);
    await first.kill();
    writeFileSync(ledgerFile, '');
    for (const _ of [1, 2]) await (await start()).stop();
    expect(readLedger(ledgerFile).map(({ kind }) => kind)).toEqual(['sale-confirmed']);
  });

  test('survives a commit of which only a half was written', async () => {
    const { start, ledgerFile } = given();
    const first = await start();
    const sale = await confirmed(await logInTo(first), [{ item: '85123A', quantity: 10 }]);
    await first.kill();
    const commits = readFileSync(`${ledgerFile}.commits`, 'utf8');
    writeFileSync(`${ledgerFile}.commits`, `${commits}{"kind":"commit","number":99,"rows":[["sale.s`);
    const client = await logInTo(await start());
    expect(await client.read('sale.sale', sale, 'state')).toMatchObject({ state: 'processing' });
    expect(await confirmed(client, [{ item: '85123A', quantity: 1 }])).toBe(sale + 1);
  });

  test('does not open the books of another world', async () => {
    const { start, worldFile } = given();
    await (await start()).stop();
    writeFileSync(worldFile, JSON.stringify({ ...smallWorld, company: 'Somebody else' }));
    await expect(start()).rejects.toThrow('holds the books of another world');
  });
});
