import { describe, expect, test } from 'vitest';
import { smallWorld } from '../../kit/index.ts';
import { createBooks } from '../models/books.ts';
import { seed } from '../seed/seed.ts';
import { refusalOf } from '../wire/refusals.ts';
import { type Commit, type Transaction, transact, versionOf } from './transaction.ts';

function given() {
  const books = createBooks();
  let micros = Date.UTC(2026, 2, 1) * 1000;
  seed(books, smallWorld, micros);
  const commits: Commit[] = [];
  const now = () => {
    micros += 1;
    return micros;
  };
  const run = <Answer>(work: (transaction: Transaction) => Answer, context: Record<string, unknown> = {}) =>
    transact(books, { user: 1, context, at: now(), now }, (commit) => commits.push(commit), work);
  const [party] = books.parties.by('code', '17850');
  if (party === undefined) throw new Error('the world has no 17850');
  return { books, commits, run, party };
}

describe('a transaction', () => {
  test('that fails puts everything back, but what it took of ids and numbers is gone', () => {
    const { books, run, party, commits } = given();
    const work = (transaction: Transaction) => {
      transaction.update(books.parties, party.id, { name: 'changed' });
      transaction.insert(books.wizardSessions, { wizard: 'one' });
      books.sequences.next('sale');
      throw new Error('no');
    };
    expect(() => run(work)).toThrow('no');
    expect(books.parties.must(party.id)).toBe(party);
    expect([...books.wizardSessions.all()]).toEqual([]);
    expect(commits).toEqual([]);
    expect(run(({ insert }) => insert(books.wizardSessions, { wizard: 'two' }).id)).toBe(2);
    expect(books.sequences.next('sale')).toBe('SO000002');
  });

  test('gives every row that it touches the time at which it began', () => {
    const { run, books, party } = given();
    const [at, after] = run((transaction) => [
      transaction.at,
      transaction.update(books.parties, party.id, { name: 'changed' }),
    ]);
    expect(after).toMatchObject({ write_date: at, write_uid: 1, create_date: party.create_date });
  });

  test('refuses to write over a version that the caller has not seen, once and only for that row', () => {
    const { run, books, party } = given();
    const stale = { _timestamp: { [`party.party,${party.id}`]: '1.000000' } };
    const write = ({ update }: Transaction) => update(books.parties, party.id, { name: 'late' });
    try {
      run(write, stale);
      expect.unreachable();
    } catch (thrown) {
      expect(refusalOf(thrown)?.kind).toBe('ConcurrencyException');
    }
    const seen = { _timestamp: { [`party.party,${party.id}`]: versionOf(party) } };
    expect(run(write, seen).name).toBe('late');
  });

  test('does what was queued after its own commit, each once', () => {
    const { run, books, commits, party } = given();
    run((transaction) => {
      const follow = ({ update, at }: Transaction) => {
        expect(books.parties.must(party.id).name).toBe('first');
        update(books.parties, party.id, { name: `second at ${at > transaction.at}` });
      };
      transaction.later('follow', follow);
      transaction.later('follow', follow);
      transaction.update(books.parties, party.id, { name: 'first' });
    });
    expect(books.parties.must(party.id).name).toBe('second at true');
    expect(commits).toHaveLength(2);
  });

  test('that changed nothing is no commit', () => {
    const { run, commits } = given();
    run(() => 1);
    expect(commits).toEqual([]);
  });
});
