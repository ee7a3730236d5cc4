import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to test with. */
export const hasChromium = (): boolean => existsSync(chromiumPath);

/** Opens the system's Chromium. Throws a sentence when there is none. */
export async function openChromium(): Promise<Browser> {
  if (!hasChromium()) {
    throw new Error(
      `there is no Chromium at ${chromiumPath}: install it (apt-get install chromium) or say where it is in $CHROMIUM`,
    );
  }
  // The sandbox wants user namespaces, which root in a container has not.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
