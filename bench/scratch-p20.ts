import { startOtlpCollector } from '#platform/telemetry/testing';
import { interleave } from './flows/rounds.ts';
import { setStage } from './flows/stage.ts';
const stage = await setStage({ fsyncMs: 0 });
if (!stage) throw new Error('no stage');
const collector = await startOtlpCollector({ keeps: false });
const drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds: 6 };
const make = async (name: string, parts: string, col?: string) => {
  process.env.P20_PARTS = parts;
  return { name, contender: await stage.enter({ kind: 'crossdock', isObserved: true, ...(col ? { collector: col } : {}) }), drive };
};
const entrants = [
  { name: 'nothing', contender: await stage.enter({ kind: 'crossdock' }), drive },
  await make('figures', 'w'),
  await make('figures+traces', 'wt', collector.url),
  await make('lists', 'p'),
  await make('all', 'wtp', collector.url),
];
const windows = await interleave(stage, entrants, Number(process.argv[2] ?? 2), () => undefined);
for (const [name, all] of windows) {
  const mean = (f: (w: (typeof all)[number]) => number) => (Math.min(...all.map(f))).toFixed(2);
  console.log(name.padEnd(16), 'own cpu ms/order', mean((w) => w.ownCpuMsPerFlow), 'with db', mean((w) => w.cpuMsPerFlow), 'flows/s', Math.max(...all.map((w) => w.flowsPerSecond)).toFixed(1));
}
await collector.close();
await stage.stop();
process.exit(0);
