import { describe, expect, test } from 'vitest';
import { gapsOf } from './gaps.ts';
import { momentsOf, narrowed } from './story-groups.ts';
import type { StoryLine } from './story-line.ts';
import { actorKey, actorOf } from './who.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 9, 0, seconds)).toISOString();

const line = (seconds: number, what: string, details: object, more: Partial<StoryLine> = {}): StoryLine => ({
  at: at(seconds),
  run: 'order-to-cash/1',
  what,
  who: 'crossdock',
  summary: `${what} at ${seconds}`,
  details,
  ...more,
});

const asked = (seconds: number, name: string) =>
  line(seconds, 'effect', { kind: 'asked', key: `1:${name}`, name, instance: 'erp-main' });
const settled = (seconds: number, name: string) =>
  line(seconds, 'effect', { kind: 'settled', key: `1:${name}`, name, outcome: 'done' }, { who: 'erp-main' });
const entered = (seconds: number, state: string, run = 'order-to-cash/1') =>
  line(seconds, 'state', { kind: 'entered', state }, { run });

describe('a story by its causes', () => {
  test('what one cause did stands below it, in its order', () => {
    const [began, checked] = momentsOf([
      line(0, 'run', { kind: 'started' }),
      entered(0, 'checking'),
      asked(0, 'check-prices'),
      settled(1, 'check-prices'),
      entered(1, 'reserving'),
    ]);
    expect(began?.cause.what).toBe('run');
    expect(began?.effects.map(({ what }) => what)).toEqual(['state', 'effect']);
    expect(checked?.cause.who).toBe('erp-main');
    expect(checked?.effects).toHaveLength(1);
  });

  test('two answers of one moment are two causes, and so is what another run does then', () => {
    const moments = momentsOf([
      settled(1, 'check-prices'),
      settled(1, 'check-customer'),
      entered(1, 'releasing', 'fulfilment/1-NORTH-1'),
    ]);
    expect(moments.map(({ cause }) => cause.place)).toEqual([0, 1, 2]);
  });

  test('what another run heard in the same moment does not part a cause from what followed', () => {
    const moments = momentsOf([
      settled(1, 'release-to-warehouse'),
      line(1, 'message', { kind: 'received' }, { run: 'fulfilment/1-NORTH-1' }),
      entered(1, 'released'),
    ]);
    expect(moments.map(({ effects }) => effects.length)).toEqual([1, 0]);
  });

  test('a filter leaves the lines that fit, and no empty moments', () => {
    const moments = momentsOf([
      line(0, 'run', { kind: 'started' }),
      entered(0, 'checking'),
      settled(1, 'check-prices'),
    ]);
    const states = narrowed(moments, { kinds: new Set(['state']), actors: new Set() });
    expect(states.map(({ cause, effects }) => [cause.what, effects.length])).toEqual([['state', 0]]);
    expect(narrowed(moments, { kinds: new Set(), actors: new Set(['erp-main']) })).toHaveLength(1);
    expect(narrowed(moments, { kinds: new Set(), actors: new Set() })).toBe(moments);
  });
});

describe('gaps', () => {
  test('say for how long nothing happened and which answer was waited for', () => {
    const moments = momentsOf([asked(0, 'book-in-erp'), settled(7_800, 'book-in-erp')]);
    expect(gapsOf(moments).get(1)).toMatchObject({ seconds: 7_800, waitedFor: 'waited for erp-main to book in erp' });
  });

  test('without an open question the state is what was waited in; a fulfilment says more than its order', () => {
    const alone = momentsOf([entered(0, 'held'), entered(600, 'checking')]);
    expect(gapsOf(alone).get(1)?.waitedFor).toBe('1 was held');
    const both = momentsOf([
      entered(0, 'fulfilling'),
      entered(1, 'released', 'fulfilment/1-NORTH-1'),
      entered(900, 'issuing', 'fulfilment/1-NORTH-1'),
    ]);
    expect(gapsOf(both).get(2)?.waitedFor).toBe('1-NORTH-1 was released');
  });

  test('what is short is none', () => {
    expect(gapsOf(momentsOf([entered(0, 'held'), entered(59, 'checking')])).size).toBe(0);
  });

  test('the last one lasts until now, unless all has ended', () => {
    const held = momentsOf([entered(0, 'held')]);
    expect(gapsOf(held, { until: at(300) }).get(1)).toMatchObject({ seconds: 300 });
    const ended = momentsOf([entered(0, 'cancelled'), line(0, 'run', { kind: 'ended' })]);
    expect(gapsOf(ended, { until: at(300) }).size).toBe(0);
  });
});

describe('who did it', () => {
  test.each([
    ['person:olga', 'person', 'olga'],
    ['api:web-shop', 'consumer', 'web-shop'],
    ['engine', 'crossdock', 'Crossdock'],
    ['flow:fulfilment/1-N-1', 'crossdock', 'Crossdock'],
    ['wms-north', 'system', 'wms-north'],
  ])('%s is a %s', (who, kind, name) => expect(actorOf(who)).toEqual({ kind, name }));

  test('all parts of Crossdock are one', () => {
    expect(new Set(['crossdock', 'engine', 'flow:a/b'].map(actorKey)).size).toBe(1);
    expect(actorKey('person:olga')).not.toBe(actorKey('person:ben'));
  });
});
