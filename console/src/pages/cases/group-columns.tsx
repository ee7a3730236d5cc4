import './cases.css';
import { Badge } from '../../parts/badge.tsx';
import { DueDay } from '../../parts/due-day.tsx';
import type { Column } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { count } from '../../words/count.ts';
import { moneys, shortMoney } from '../../words/money.ts';
import { sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';
import type { Group } from './questions.ts';

/** Who has them: `olga 3, nobody 9`. */
export function ownersOf({ owners, unowned }: Group): string {
  const named = owners.map(({ owner, count: many }) => `${owner} ${count(many)}`);
  return [...named, ...(unowned === 0 ? [] : [`nobody ${count(unowned)}`])].join(', ');
}

/** Causes beside each other. */
export const groupColumns: readonly Column<Group>[] = [
  {
    name: 'cause',
    title: 'Cause, and its most urgent case',
    wraps: true,
    // One cause can be several groups, which only what is wrong tells apart.
    cell: ({ cause, sample }) => (
      <>
        <span className="case-cause">{sentenceCase(cause)}</span>
        <span className="case-sample">{sample.summary}</span>
      </>
    ),
  },
  {
    name: 'instance',
    title: 'System',
    width: '6rem',
    hideBelow: 'phone',
    cell: ({ instance }) => instance ?? <span className="muted">–</span>,
  },
  { name: 'count', title: 'Cases', align: 'end', width: '4rem', cell: (group) => count(group.count) },
  {
    name: 'worth',
    title: 'At risk',
    align: 'end',
    width: '6rem',
    cell: ({ worth }) => <span title={moneys(worth)}>{moneys(worth, shortMoney)}</span>,
  },
  {
    name: 'oldest',
    title: 'Oldest',
    width: '6rem',
    hideBelow: 'phone',
    cell: ({ oldest }) => <When at={oldest} shows="age" />,
  },
  {
    name: 'shipBy',
    title: 'Next ship-by',
    width: '6.5rem',
    hideBelow: 'wide',
    cell: ({ nextShipBy }) =>
      nextShipBy === undefined ? <span className="muted">–</span> : <DueDay by={nextShipBy} says="day" />,
  },
  {
    name: 'owners',
    title: 'Owners',
    width: '6.5rem',
    hideBelow: 'phone',
    cell: (group) => <span title={ownersOf(group)}>{ownersOf(group)}</span>,
  },
  {
    name: 'overdue',
    title: 'Deadline',
    width: '6.5rem',
    cell: ({ overdue, severity }) =>
      overdue > 0 ? (
        <Badge tone="bad">{count(overdue)} overdue</Badge>
      ) : (
        <Badge tone={toneOf(severity)}>{sentenceCase(severity)}</Badge>
      ),
  },
];
