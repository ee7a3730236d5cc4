import { width } from './display/table.ts';
import { readOptions, usage } from './options.ts';
import { startDemoPlatform } from './platform.ts';
import { runDemo } from './run/run-demo.ts';

const { stdout, stderr } = process;

const options = readOptions(process.argv.slice(2));
if (!options.ok) {
  stderr.write(`${options.failures.join('\n')}\n\n${usage}`);
  process.exit(2);
}
if (options.value === 'help') {
  stdout.write(usage);
  process.exit(0);
}

const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
});

try {
  const code = await runDemo(options.value, {
    startPlatform: startDemoPlatform,
    screen: {
      isTTY: stdout.isTTY === true,
      // Asked anew each time: people resize their terminals.
      get columns() {
        return stdout.columns ?? width;
      },
      write: (text) => void stdout.write(text),
    },
    stopped,
  });
  process.exit(code);
} catch (thrown) {
  stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exit(1);
}
