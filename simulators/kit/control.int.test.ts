import { afterEach, describe, expect, test } from 'vitest';
import { startControl } from './control.ts';
import { controlClient } from './control-client.ts';
import { createDials } from './dials.ts';
import { CallScript, createScripts } from './scripts.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const control of open.splice(0)) await control.close();
});

async function given() {
  const control = await startControl(
    {
      dials: createDials({ seed: 1 }),
      scripts: createScripts(CallScript),
      ledger: () => [{ at: '2026-03-01T09:30:00.000Z', system: 'crm', kind: 'opportunity-updated' }],
      actions: {
        'win-opportunity': async (input) => ({ id: '006', input }),
        'do-nothing': async () => undefined,
        'break-down': async () => {
          throw new Error('no customer 42');
        },
      },
    },
    0,
  );
  open.push(control);
  return { url: control.url, client: controlClient(control.url) };
}

describe('the control server', () => {
  test('turns dials, and names the one it does not know', async () => {
    const { client, url } = await given();
    expect(await client.turn({ errorRate: 0.25 })).toMatchObject({ errorRate: 0.25, latencyMs: 0 });
    expect(await client.dials()).toMatchObject({ errorRate: 0.25 });
    const refused = await fetch(`${url}/dials`, { method: 'PUT', body: '{"colour":1}' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: expect.stringContaining('/colour') });
  });

  test('takes scripts and shows which have fired', async () => {
    const { client } = await given();
    await client.script([{ on: 'query', behaviour: 'delay', delayMs: 5 }]);
    expect(await client.scripts()).toMatchObject([{ times: 1, fired: 0, script: { on: 'query' } }]);
    await expect(client.script([{ on: 'query' }])).rejects.toThrow(/\/0\/behaviour: is missing/);
  });

  test('shows the ledger', async () => {
    const { client } = await given();
    expect(await client.ledger()).toHaveLength(1);
  });

  test('runs actions and tells what went wrong in one', async () => {
    const { client } = await given();
    expect(await client.act('win-opportunity', { customer: '17850' })).toEqual({
      id: '006',
      input: { customer: '17850' },
    });
    expect(await client.act('do-nothing', {})).toEqual({});
    await expect(client.act('break-down', {})).rejects.toThrow(/no customer 42/);
    await expect(client.act('fly', {})).rejects.toThrow(/no action fly; there are: win-opportunity/);
    await expect(client.act('constructor', {})).rejects.toThrow(/no action constructor/);
  });

  test('answers broken JSON and unknown paths in words', async () => {
    const { url } = await given();
    const broken = await fetch(`${url}/dials`, { method: 'PUT', body: '{' });
    expect([broken.status, await broken.json()]).toEqual([400, { error: expect.stringContaining('not JSON') }]);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
  });
});
