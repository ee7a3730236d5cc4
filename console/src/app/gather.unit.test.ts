import { describe, expect, test } from 'vitest';
import { createGatherer, type Keys } from './gather.ts';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

function gathering() {
  const told: [string, string[] | 'all'][] = [];
  const pauses: (() => void)[] = [];
  const gather = createGatherer(
    async (topic: string, keys: Keys) => {
      told.push([topic, keys === 'all' ? 'all' : [...keys]]);
      if (topic === 'failing') throw new Error('the platform is away');
    },
    () => new Promise<void>((resolve) => pauses.push(resolve)),
  );
  const endPauses = async (): Promise<void> => {
    for (const end of pauses.splice(0)) end();
    await settle();
  };
  return { told, gather, endPauses };
}

describe('gathering what changed', () => {
  test('tells the first at once and the others together, each key once, when the pause is over', async () => {
    const { told, gather, endPauses } = gathering();
    gather('orders', ['SO-1']);
    gather('orders', ['SO-2']);
    gather('orders', ['SO-2', 'SO-3']);
    gather('lanes', ['erp']);
    await settle();
    expect(told).toEqual([
      ['orders', ['SO-1']],
      ['lanes', ['erp']],
    ]);
    await endPauses();
    expect(told.slice(2)).toEqual([['orders', ['SO-2', 'SO-3']]]);
    await endPauses();
    expect(told).toHaveLength(3);
  });

  test('forgets no key when more changed than can be named', async () => {
    const { told, gather, endPauses } = gathering();
    gather('orders', ['SO-1']);
    gather('orders');
    gather('orders', ['SO-2']);
    await settle();
    await endPauses();
    expect(told).toEqual([
      ['orders', ['SO-1']],
      ['orders', 'all'],
    ]);
  });

  test('goes on after a telling that failed', async () => {
    const { told, gather, endPauses } = gathering();
    gather('failing', ['a']);
    gather('failing', ['b']);
    await settle();
    await endPauses();
    expect(told).toHaveLength(2);
  });
});
