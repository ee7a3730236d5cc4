import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { controlClient } from './control-client.ts';
import { readLedger } from './ledger.ts';
import { simulatorArguments } from './process.ts';
import { smallWorld } from './small-world.ts';
import { type StartedSimulator, startSimulator } from './spawn.ts';

const main = fileURLToPath(new URL('fixtures/echo-main.ts', import.meta.url));
const started: StartedSimulator[] = [];
afterEach(async () => {
  for (const simulator of started.splice(0)) await simulator.kill();
});

function files() {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  const worldFile = join(folder, 'world.json');
  writeFileSync(worldFile, JSON.stringify(smallWorld));
  return { worldFile, ledgerFile: join(folder, 'ledger.jsonl') };
}

async function start(more: { site?: string; seed?: number } = {}) {
  const { worldFile, ledgerFile } = files();
  const kind = more.site === undefined ? ('crm' as const) : ('wms' as const);
  const simulator = await startSimulator({ kind, worldFile, ledgerFile, main, ...more });
  started.push(simulator);
  return { simulator, ledgerFile };
}

describe('the command line of a simulator', () => {
  test('has defaults for all but the world and the ledger', () => {
    expect(simulatorArguments(['--world', 'w', '--ledger', 'l'])).toEqual({
      world: 'w',
      ledger: 'l',
      port: 0,
      controlPort: 0,
      seed: 1,
    });
  });

  test.each([
    [['--ledger', 'l'], /--world is missing; usage/],
    [['--world', 'w', '--ledger', 'l', '--port', 'x'], /--port must be a whole number from 0 to 65535, not "x"/],
    [['--world', 'w', '--ledger', 'l', '--sed', '1'], /--sed/],
  ])('%j is refused by name', (argv, message) => {
    expect(() => simulatorArguments(argv)).toThrow(message);
  });
});

describe('a simulator process', () => {
  test('is ready with its addresses, writes its ledger, and ends when asked', async () => {
    const { simulator, ledgerFile } = await start({ seed: 5 });
    expect(simulator.details).toMatchObject({ ready: true, url: simulator.url, company: 'Test Wholesale', seed: 5 });
    await controlClient(simulator.control).act('note', { id: 1 });
    expect(readLedger(ledgerFile)).toMatchObject([{ system: 'crm', kind: 'noted', input: { id: 1 } }]);
    await simulator.stop();
    await expect(fetch(simulator.control)).rejects.toThrow();
  });

  test('of one warehouse names it in its ledger', async () => {
    const { simulator, ledgerFile } = await start({ site: 'NORTH' });
    await controlClient(simulator.control).act('note', {});
    expect(readLedger(ledgerFile)).toMatchObject([{ system: 'wms-NORTH' }]);
  });

  test('of a warehouse that the world does not have says so', async () => {
    await expect(start({ site: 'EAST' })).rejects.toThrow(/--site EAST is not in the world; it has NORTH, SOUTH/);
  });

  test('ends when its parent’s pipe closes', async () => {
    const { worldFile, ledgerFile } = files();
    const child = spawn(process.execPath, [main, '--world', worldFile, '--ledger', ledgerFile]);
    await once(child.stdout, 'data');
    child.stdin.end();
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  test('that cannot start tells why', async () => {
    const { ledgerFile } = files();
    await expect(startSimulator({ kind: 'crm', worldFile: '/nowhere.json', ledgerFile, main })).rejects.toThrow(
      /ended with 1 before it was ready: crm: cannot read the world \/nowhere.json/,
    );
  });
});
