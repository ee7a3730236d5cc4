import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type Session } from '../harness/session.ts';
import { bugs } from './bugs.ts';
import { caughtTable, isCaught, runBug } from './run-bug.ts';

/** Those whose scenario takes longest are left to `npm run faults -- --seeded-bugs`. */
const long = ['no-fence', 'acknowledge-before-commit', 'no-takeover', 'commits-unflushed', 'one-clock'];
const seed = 1;

let session: Session;
beforeAll(async () => {
  session = await openSession();
}, 120_000);
afterAll(() => session?.close());

const quick = bugs.filter(({ name }) => !long.includes(name));

test('there are eight of them', () => {
  expect(quick.length).toBeGreaterThanOrEqual(8);
});

test.each(quick)(
  'the bug $name ($means) is caught by $scenario',
  async (bug) => {
    const { server, compileCache } = session;
    const run = await runBug(server, bug, { seed, nodes: 2, isShort: true, compileCache });
    expect(isCaught(run), caughtTable([run]).join('\n')).toBe(true);
  },
  120_000,
);

test('a bug that no longer fits the source ends the node with the reason', async () => {
  const { server, compileCache } = session;
  const [first] = bugs;
  if (first === undefined) throw new Error('there is no bug');
  const stale = {
    ...first,
    mutations: first.mutations.map((mutation) => ({ ...mutation, find: 'nowhere to be found' })),
  };
  const run = await runBug(server, stale, { seed, nodes: 1, isShort: true, compileCache });
  expect(isCaught(run)).toBe(false);
  expect(run.outcome.findings[0]).toContain('could not be judged');
}, 60_000);
