import { runConsole } from './console/run-console.ts';
import { engineMeasures, runEngine } from './engine/run-engine.ts';
import { runFigures } from './figures/run-figures.ts';
import { flowMeasures, runFlows } from './flows/run-flows.ts';
import { type BenchArguments, benchArguments } from './kit/bench-arguments.ts';
import { profiled, runProfile } from './profile/run-profile.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const commands: Readonly<Record<string, (given: BenchArguments) => Promise<void>>> = {
  engine: (given) => runEngine(given, say),
  flows: (given) => runFlows(given, say),
  profile: (given) => runProfile(given, say),
  console: (given) => runConsole(given, say),
  figures: (given) => runFigures(given, say),
};

try {
  const given = benchArguments(process.argv.slice(2), {
    flows: flowMeasures,
    engine: engineMeasures,
    profile: profiled,
    console: [],
    figures: [],
  });
  await commands[given.command]?.(given);
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 1;
}
