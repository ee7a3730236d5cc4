import { describe, expect, test } from 'vitest';
import { createBreaker } from './breaker.ts';

describe('a lane’s breaker', () => {
  const make = () => createBreaker({ threshold: 3, coolMs: 100 });

  test('opens after so many failures in a row, each of which spent an attempt', () => {
    const breaker = make();
    expect([breaker.failed(0), breaker.failed(0), breaker.admits(0), breaker.failed(0)]).toEqual([
      true,
      true,
      'yes',
      true,
    ]);
    expect([breaker.state, breaker.admits(50)]).toEqual(['open', 'no']);
  });

  test('does not open when a success comes between', () => {
    const breaker = make();
    for (let round = 0; round < 5; round += 1) {
      breaker.failed(0);
      breaker.failed(0);
      breaker.succeeded();
    }
    expect(breaker.state).toBe('closed');
  });

  test('lets one probe through when it has cooled, and twice as late after a probe that failed', () => {
    const breaker = make();
    for (let failure = 0; failure < 3; failure += 1) breaker.failed(0);
    expect([breaker.admits(100), breaker.admits(100), breaker.state]).toEqual(['probe', 'no', 'probing']);
    expect(breaker.failed(100)).toBe(false);
    expect([breaker.admits(299), breaker.admits(300)]).toEqual(['no', 'probe']);
    breaker.succeeded();
    expect(breaker.admits(301)).toBe('yes');
  });

  test('keeps its pause although a call from before succeeds', () => {
    const breaker = make();
    breaker.pause(1_000);
    breaker.succeeded();
    expect(breaker.admits(500)).toBe('no');
  });

  test('keeps the pause that was asked for', () => {
    const breaker = make();
    breaker.pause(1_000);
    expect([breaker.admits(999), breaker.failed(999), breaker.admits(1_000)]).toEqual(['no', false, 'probe']);
  });
});
