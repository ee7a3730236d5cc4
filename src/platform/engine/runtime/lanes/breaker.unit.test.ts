import { describe, expect, test } from 'vitest';
import { type Breaker, type BreakerNews, createBreaker } from './breaker.ts';

describe('a lane’s breaker', () => {
  function make() {
    const news: BreakerNews[] = [];
    const breaker = createBreaker({ threshold: 3, coolMs: 100 }, (each) => news.push(each));
    return { breaker, news };
  }

  /** Asks for the right to find out and gets it. */
  function probe(breaker: Breaker, now: number): string {
    expect(breaker.admits(now)).toBe('ask');
    breaker.asked();
    expect(breaker.admits(now)).toBe('no');
    breaker.granted(true);
    return breaker.admits(now);
  }

  function open(breaker: Breaker): void {
    for (let failure = 0; failure < 3; failure += 1) breaker.failed(0);
  }

  const closed = { leftMs: undefined, coolMs: undefined, isProbed: false, isNews: true };

  test('opens after so many failures in a row, each of which spent an attempt, and says so', () => {
    const { breaker, news } = make();
    expect([breaker.failed(0), breaker.failed(0), breaker.admits(0), breaker.failed(0)]).toEqual([
      true,
      true,
      'yes',
      true,
    ]);
    expect([breaker.state, breaker.admits(50), breaker.failed(50)]).toEqual(['open', 'no', false]);
    expect(news).toEqual([{ kind: 'shut', forMs: 100, coolMs: 100, isAsked: false }]);
  });

  test('does not open when a success comes between', () => {
    const { breaker } = make();
    for (let round = 0; round < 5; round += 1) {
      breaker.failed(0);
      breaker.failed(0);
      breaker.succeeded();
    }
    expect(breaker.state).toBe('closed');
  });

  test('lets one probe through when it has cooled, and twice as late after a probe that failed', () => {
    const { breaker, news } = make();
    open(breaker);
    expect([probe(breaker, 100), breaker.admits(100), breaker.state]).toEqual(['probe', 'no', 'probing']);
    expect(breaker.failed(100)).toBe(false);
    expect(news.at(-1)).toEqual({ kind: 'shut', forMs: 200, coolMs: 200, isAsked: true });
    expect([breaker.admits(299), probe(breaker, 300)]).toEqual(['no', 'probe']);
    breaker.succeeded();
    expect([news.at(-1), breaker.admits(301)]).toEqual([{ kind: 'opened' }, 'no']);
    breaker.adopt(closed, 302);
    expect(breaker.admits(302)).toBe('yes');
  });

  test('leaves the probe to the node that has the right to it', () => {
    const { breaker } = make();
    open(breaker);
    breaker.admits(100);
    breaker.asked();
    breaker.granted(false);
    expect([breaker.admits(150), breaker.opensAt]).toEqual(['no', undefined]);
    breaker.adopt({ leftMs: 0, coolMs: 100, isProbed: false, isNews: true }, 200);
    expect(breaker.admits(200)).toBe('ask');
  });

  test('keeps the right to a probe that was not made', () => {
    const { breaker } = make();
    open(breaker);
    probe(breaker, 100);
    breaker.unused();
    expect([breaker.hasUnusedRight, breaker.admits(101)]).toEqual([true, 'probe']);
  });

  test('keeps its pause although a call from before succeeds', () => {
    const { breaker } = make();
    breaker.pause(1_000, 0);
    breaker.succeeded();
    expect(breaker.admits(500)).toBe('no');
  });

  test('keeps the pause that was asked for', () => {
    const { breaker, news } = make();
    breaker.pause(1_000, 400);
    expect([breaker.admits(999), breaker.failed(999), breaker.admits(1_000)]).toEqual(['no', false, 'ask']);
    expect(news).toEqual([{ kind: 'shut', forMs: 600, coolMs: 100, isAsked: true }]);
  });

  test('learns from the others, and is not kept shut by a clock that is set back', () => {
    const { breaker, news } = make();
    breaker.adopt({ leftMs: 600, coolMs: 100, isProbed: false, isNews: true }, 0);
    expect(breaker.admits(599)).toBe('no');
    breaker.adopt({ leftMs: 600, coolMs: 100, isProbed: false, isNews: false }, 599);
    expect(breaker.admits(600)).toBe('ask');
    breaker.adopt({ leftMs: 9_000, coolMs: 100, isProbed: false, isNews: true }, 600);
    expect(breaker.admits(9_599)).toBe('no');
    expect(news).toEqual([]);
  });
});
