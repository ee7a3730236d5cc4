import type { ReceivedGroup } from './order-940.ts';
import type { Line } from './x12.ts';

/** The body of the 997 for a received group. */
export function acknowledgement(group: ReceivedGroup): readonly Line[] {
  const total = String(group.sets.length);
  const good = group.errors.length > 0 ? 0 : group.sets.filter(({ errors }) => errors.length === 0).length;
  let verdict = 'P';
  if (good === 0) verdict = 'R';
  else if (good === group.sets.length) verdict = 'A';
  return [
    ['AK1', group.kind, group.control],
    ...group.sets.flatMap(({ set, control, errors }): Line[] => [
      ['AK2', set, control],
      errors.length === 0 ? ['AK5', 'A'] : ['AK5', 'R', ...errors],
    ]),
    ['AK9', verdict, total, total, String(good), ...group.errors],
  ];
}
