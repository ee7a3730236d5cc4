import { describe, expect, test } from 'vitest';
import { follow, type Passage, passagesOf } from './follow.ts';

const entered = (state: string, visit: number, at: string): Passage => ({ what: 'entered', state, visit, at });

describe('following a run by its journal', () => {
  const whole = [
    entered('checking', 1, '10:00'),
    entered('judging', 1, '10:01'),
    entered('held', 2, '10:01'),
    entered('checking', 3, '10:10'),
    entered('judging', 3, '10:12'),
    entered('done', 4, '10:12'),
  ];

  test('a stay ends where the next begins, and a choice between is none', () => {
    expect(follow(undefined, whole)).toEqual({
      place: { visit: 4, state: 'done', enteredAt: '10:12' },
      stays: [
        { visit: 1, state: 'checking', enteredAt: '10:00', leftAt: '10:01', movedTo: 'held' },
        { visit: 2, state: 'held', enteredAt: '10:01', leftAt: '10:10', movedTo: 'checking' },
        { visit: 3, state: 'checking', enteredAt: '10:10', leftAt: '10:12', movedTo: 'done' },
      ],
    });
  });

  test('in pieces it is the same, wherever it is cut, and what comes twice is taken once', () => {
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const first = follow(undefined, whole.slice(0, cut));
      const second = follow(first.place, whole.slice(Math.max(0, cut - 2)));
      expect([...first.stays, ...second.stays]).toEqual(follow(undefined, whole).stays);
      expect(second.place).toEqual(follow(undefined, whole).place);
    }
  });

  test('a run that begins with a choice has its first stay after it', () => {
    const begun = [entered('choosing', 0, '10:00'), entered('waiting', 1, '10:00')];
    expect(follow(undefined, begun)).toEqual({
      place: { visit: 1, state: 'waiting', enteredAt: '10:00' },
      stays: [],
    });
  });

  test('a migration gives the visit another name and no other beginning', () => {
    const passages = [
      entered('old', 1, '10:00'),
      ...passagesOf('10:05', [{ kind: 'migrated', from: 1, to: 2, state: 'new' }]),
    ];
    expect(follow(undefined, passages).place).toEqual({ visit: 1, state: 'new', enteredAt: '10:00' });
  });
});
