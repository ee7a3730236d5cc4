import { Readable } from 'node:stream';
import type { ToldEvent } from '../../stream-route.ts';

export interface EventStreamOptions {
  /** A line that means nothing, so that nobody on the way takes the connection for dead, ms. */
  readonly heartbeatMs: number;
  /** Events kept for a reader who does not keep up; beyond them it is told `missed` in their place. */
  readonly mostWaiting: number;
  /** A reader who takes nothing for so long has gone, ms. */
  readonly patienceMs: number;
}

/** Once it is over, a reader is given so long to take what is left, ms. */
const lastWordsMs = 1_000;

const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]/g, ' ');

const written = ({ event, id, data }: ToldEvent): string =>
  `event: ${oneLine(event)}\n${id === undefined ? '' : `id: ${oneLine(id)}\n`}data: ${JSON.stringify(data)}\n\n`;

export interface EventStream {
  readonly readable: Readable;
  /** Ends it in order: what waits is still given. */
  end(): void;
}

/**
 * Server-sent events for one reader. Asks its source as fast as that tells, and keeps no more than `mostWaiting` events, whatever
 * the reader does. Ends with its source.
 */
export function eventStream(
  source: AsyncIterable<ToldEvent>,
  missed: () => readonly ToldEvent[],
  { heartbeatMs, mostWaiting, patienceMs }: EventStreamOptions,
): EventStream {
  let waiting: string[] = [];
  let isWanted = false;
  let lastWanted = performance.now();
  let isOver = false;
  let lastWords: NodeJS.Timeout | undefined;

  const give = (text: string): void => {
    isWanted = readable.push(text);
  };
  const flush = (): void => {
    for (let next = isWanted ? waiting.shift() : undefined; next !== undefined; ) {
      give(next);
      next = isWanted ? waiting.shift() : undefined;
    }
  };
  const readable = new Readable({
    highWaterMark: 16_384,
    read() {
      isWanted = true;
      lastWanted = performance.now();
      flush();
    },
    destroy(thrown, done) {
      isOver = true;
      clearInterval(heart);
      clearTimeout(lastWords);
      done(thrown);
    },
  });
  const heart = setInterval(() => {
    if (isWanted) give(':\n\n');
    else if (performance.now() - lastWanted > patienceMs) readable.destroy();
  }, heartbeatMs);

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    for (const text of waiting) readable.push(text);
    waiting = [];
    readable.push(null);
    lastWords = setTimeout(() => readable.destroy(), lastWordsMs);
  };

  async function pump(): Promise<void> {
    for await (const event of source) {
      if (isOver) return;
      if (waiting.length >= mostWaiting) waiting = missed().map(written);
      else waiting.push(written(event));
      flush();
    }
    end();
  }

  // Headers leave with the first bytes. Readers who lost us come again, not all in one moment.
  give(`retry: ${1_000 + Math.floor(Math.random() * 2_000)}\n\n`);
  pump().catch((thrown: unknown) => readable.destroy(thrown instanceof Error ? thrown : new Error(String(thrown))));
  return { readable, end };
}
