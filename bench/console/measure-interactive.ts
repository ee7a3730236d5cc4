import { hasChromium, openInBrowser } from './open-in-browser.ts';
import { serveConsole } from './serve-console.ts';

/** P15 of the page: the median of these many visits may take so long, ms, with so much script. */
const visits = 5;
const target = { interactiveMs: 1_500, scriptBytes: 300 * 1024 };

/** How soon the list of orders can be used. */
export interface Interactive {
  readonly medianMs: number;
  readonly timesMs: readonly number[];
  readonly transferredBytes: number;
  readonly scriptBytes: number;
  readonly target: typeof target;
  readonly met: boolean;
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;

/** Opens the console's list of orders over a filled database in Chromium and says how soon it can be used; undefined where there is none. */
export async function measureInteractive(
  databaseUrl: string,
  say: (line: string) => void,
): Promise<Interactive | undefined> {
  if (!hasChromium()) {
    say('P15, interactive: not run, there is no Chromium here (apt-get install chromium, or $CHROMIUM)');
    return undefined;
  }
  const served = await serveConsole(databaseUrl);
  try {
    const made = await openInBrowser(served, visits);
    const timesMs = made.map(({ interactiveMs }) => Math.round(interactiveMs)).toSorted((one, other) => one - other);
    const medianMs = timesMs[Math.floor(timesMs.length / 2)] ?? Number.NaN;
    const transferredBytes = made[0]?.transferred ?? Number.NaN;
    const scriptBytes = made[0]?.script ?? Number.NaN;
    const met = medianMs <= target.interactiveMs && scriptBytes <= target.scriptBytes;
    say(
      `P15, interactive: median ${medianMs} ms of ${timesMs.join(', ')}, target at most ${target.interactiveMs} ms; ` +
        `script ${kib(scriptBytes)} unpacked, ${kib(transferredBytes)} over the wire, target at most ${kib(target.scriptBytes)}: ${met ? 'met' : 'missed'}`,
    );
    return { medianMs, timesMs, transferredBytes, scriptBytes, target, met };
  } finally {
    await served.close();
  }
}
