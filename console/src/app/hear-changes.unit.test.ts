import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hearChanges } from './hear-changes.ts';
import { liveNow } from './live.ts';

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Source[] = [];
  readyState = 0;
  constructor() {
    super();
    Source.opened.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  say(type: 'open' | 'error'): void {
    this.dispatchEvent(new Event(type));
  }
  refuse(): void {
    this.readyState = 2;
    this.say('error');
  }
  changed(topic: string, ...keys: string[]): void {
    this.dispatchEvent(new MessageEvent('changed', { data: JSON.stringify({ topic, keys }) }));
  }
}

let queries: QueryClient;
let end: () => void;
let page: EventTarget & { hidden: boolean };
const source = (): Source => Source.opened.at(-1) as Source;
const open = (): number => Source.opened.filter(({ readyState }) => readyState !== 2).length;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const show = (isShown: boolean): void => {
  page.hidden = !isShown;
  page.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  vi.useFakeTimers();
  Source.opened = [];
  page = Object.assign(new EventTarget(), { hidden: false });
  const window = new EventTarget();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
  vi.stubGlobal('dispatchEvent', window.dispatchEvent.bind(window));
  queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 10_000 } } });
  end = hearChanges(queries);
});
afterEach(() => {
  end();
  queries.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A query on the screen whose answers are given by hand. */
function shown(queryKey: readonly string[]) {
  const asked: ((answer: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => asked.push(resolve));
  const observer = new QueryObserver<string>(queries, { queryKey, queryFn });
  observer.subscribe(() => undefined);
  const answer = async (text: string): Promise<void> => {
    for (const give of asked.splice(0)) give(text);
    await pass(0);
  };
  return { answer, waiting: () => asked.length, data: () => observer.getCurrentResult().data };
}

describe('what changed is asked for anew', () => {
  test('also when it changed while it was asked for the first time', async () => {
    source().say('open');
    const order = shown(['orders', 'one', 'SO-1']);
    source().changed('orders', 'SO-1');
    await order.answer('before the change');
    expect(order.waiting()).toBe(1);
    await order.answer('after the change');
    expect([order.data(), order.waiting()]).toEqual(['after the change', 0]);
  });

  test('also when it changed after it was asked for and before anybody listened', async () => {
    const order = shown(['orders', 'one', 'SO-1']);
    await order.answer('before the change');
    source().say('open');
    expect(order.waiting()).toBe(1);
  });

  test('and what did not change is not', async () => {
    source().say('open');
    const other = shown(['orders', 'one', 'SO-2']);
    await other.answer('the same');
    source().changed('orders', 'SO-1');
    await pass(2_000);
    expect(other.waiting()).toBe(0);
  });

  test('a long list at most every half minute, as each of its pages is a call', async () => {
    source().say('open');
    let calls = 0;
    const list = new InfiniteQueryObserver(queries, {
      queryKey: ['orders', 'list'],
      queryFn: async ({ pageParam }) => {
        calls++;
        return pageParam;
      },
      initialPageParam: 1,
      getNextPageParam: (last: number) => last + 1,
    });
    list.subscribe(() => undefined);
    await pass(0);
    for (let more = 1; more < 10; more++) await list.fetchNextPage();
    calls = 0;
    for (let change = 0; change < 5; change++) {
      source().changed('orders', `SO-${change}`);
      await pass(2_000);
    }
    expect(calls).toBe(0);
    await pass(20_000);
    expect(calls).toBe(10);
    await pass(60_000);
    expect(calls).toBe(10);
  });
});

describe('while nobody tells of changes', () => {
  test('everything on the screen is asked for every half minute', async () => {
    source().say('open');
    const still = shown(['systems']);
    await still.answer('then');
    await pass(60_000);
    expect(still.waiting()).toBe(0);
    source().say('error');
    await pass(31_000);
    expect(still.waiting()).toBe(1);
  });

  test('it is asked who is signed in, which leads to the sign-in page where nobody is any more', async () => {
    const me = shown(['me']);
    await me.answer('olga');
    source().say('open');
    await me.answer('olga');
    source().refuse();
    expect(me.waiting()).toBe(1);
    await pass(5_000);
    expect(open()).toBe(1);
  });
});

describe('a page that nobody sees', () => {
  test('has no connection after a while, and asks for what it missed when it is seen again', async () => {
    source().say('open');
    const order = shown(['orders', 'one', 'SO-1']);
    await order.answer('then');
    show(false);
    await pass(20_000);
    expect(open()).toBe(1);
    await pass(11_000);
    expect(open()).toBe(0);
    await pass(600_000);
    expect([open(), order.waiting()]).toEqual([0, 0]);

    show(true);
    expect([open(), liveNow().state]).toEqual([1, 'connecting']);
    source().say('open');
    expect(order.waiting()).toBe(1);
  });

  test('keeps its connection when one looks away shortly', async () => {
    source().say('open');
    show(false);
    await pass(20_000);
    show(true);
    await pass(60_000);
    expect([open(), Source.opened.length]).toEqual([1, 1]);
  });

  test('opens none when it is opened behind another, nor when the network comes back', async () => {
    end();
    page.hidden = true;
    Source.opened = [];
    end = hearChanges(queries);
    dispatchEvent(new Event('online'));
    await pass(60_000);
    expect(Source.opened).toEqual([]);
    show(true);
    expect(open()).toBe(1);
  });
});
