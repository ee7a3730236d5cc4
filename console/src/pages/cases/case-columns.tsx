import './cases.css';
import { Badge } from '../../parts/badge.tsx';
import { DueDay } from '../../parts/due-day.tsx';
import type { Column } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { money } from '../../words/money.ts';
import { sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';
import type { CaseLine } from './questions.ts';

/** How a case stands with its own deadline. */
export function CaseStanding({ line }: { readonly line: CaseLine }) {
  if (line.state === 'closed') return <Badge tone="quiet">Closed</Badge>;
  if (line.overdue) return <Badge tone="bad">Overdue</Badge>;
  return <Badge tone={toneOf(line.severity)}>{sentenceCase(line.severity)}</Badge>;
}

/** Cases beside each other. `shows`: what is different between them is worth a column. */
export const caseColumns = (shows: 'all' | 'one-cause'): readonly Column<CaseLine>[] => [
  { name: 'key', title: 'About', width: '7rem', cell: ({ key }) => <span title={key}>{key}</span> },
  {
    name: 'summary',
    title: shows === 'all' ? 'Cause' : 'What is wrong',
    wraps: true,
    cell: ({ cause, summary }) => (
      <>
        {shows === 'all' ? <strong>{sentenceCase(cause)}. </strong> : null}
        <span className="case-sample" title={summary}>
          {summary}
        </span>
      </>
    ),
  },
  {
    name: 'customer',
    title: 'Customer',
    width: '5.5rem',
    hideBelow: 'wide',
    cell: ({ customer }) => customer ?? <span className="muted">–</span>,
  },
  {
    name: 'worth',
    title: 'At risk',
    align: 'end',
    width: '6.5rem',
    hideBelow: 'phone',
    cell: ({ worth }) => (worth === undefined ? <span className="muted">–</span> : money(worth)),
  },
  {
    name: 'shipBy',
    title: 'Ship-by',
    width: '6rem',
    hideBelow: 'wide',
    cell: ({ shipBy }) => (shipBy === undefined ? <span className="muted">–</span> : <DueDay by={shipBy} says="day" />),
  },
  { name: 'age', title: 'Age', width: '6.5rem', cell: ({ openedAt }) => <When at={openedAt} shows="age" /> },
  {
    name: 'owner',
    title: 'Owner',
    width: '5.5rem',
    hideBelow: 'phone',
    cell: ({ owner }) => owner ?? <span className="muted">nobody</span>,
  },
  { name: 'standing', title: 'Stands', width: '6.5rem', cell: (line) => <CaseStanding line={line} /> },
];
