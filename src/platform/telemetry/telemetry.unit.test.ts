import { describe, expect, test } from 'vitest';
import { addGauge, createLog, createMetrics, eventLog } from './index.ts';

const canary = `cdk_0123456789abcdef_${'ab'.repeat(24)}01234567`;

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ destination: { write: (line) => void lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  test('takes secrets out by the name of their member', () => {
    const text = logged((log) =>
      log.info({ password: 'hunter22', headers: { authorization: 'canary-1' }, a: { b: { token: 'canary-2' } } }, 'x'),
    );
    expect(text).toContain('***');
    expect(text).not.toMatch(/hunter22|canary/);
  });

  test('takes secrets out of texts, messages and stacks', () => {
    const text = logged((log) => {
      log.info(`called with ${canary}`);
      log.info({ said: 'Authorization: Bearer abcdefgh12345678' }, 'x');
      log.error({ err: new Error('postgres://me:hunter22@db/x refused') }, 'x');
    });
    expect(text).not.toMatch(/ababab|abcdefgh|hunter22/);
    expect(text).toContain('cdk_0123456789abcdef_***');
  });

  test('writes events as lines of JSON with an ISO time', () => {
    const line = JSON.parse(logged((log) => eventLog(log)('lane opened', { lane: 'books' })));
    expect(line).toMatchObject({ msg: 'lane opened', lane: 'books', time: expect.stringMatching(/Z$/) });
  });
});

describe('the metrics', () => {
  test('a gauge is measured when it is read, and forgets what is gone', async () => {
    const registry = createMetrics();
    let lanes = ['a', 'b'];
    addGauge(registry, {
      name: 'lane_queued',
      help: 'Waiting.',
      labels: ['lane'],
      measure: () => lanes.map((lane) => ({ labels: { lane }, value: 2 })),
    });
    expect(await registry.metrics()).toContain('lane_queued{lane="b"} 2');
    lanes = ['a'];
    expect(await registry.metrics()).not.toContain('lane="b"');
  });
});
