import { Link } from '@swan-io/chicane';
import type { AnswerOf } from '../../client/answer-of.ts';
import { Button } from '../../parts/button.tsx';
import type { Column } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { actor, sentenceCase } from '../../words/names.ts';
import { targetAddress } from './targets.ts';

export type AuditEntry = AnswerOf<'/api/audit/v1/entries'>['entries'][number];

/** What somebody said why, wherever the act keeps it. */
const reasonOf = ({ details }: AuditEntry): string => {
  const reason = details.reason ?? details.because;
  return typeof reason === 'string' ? reason : '';
};

/** The columns of the audit; `open` shows an entry whole. */
export const auditColumns = (open: (entry: AuditEntry) => void): readonly Column<AuditEntry>[] => [
  { name: 'at', title: 'When', width: '9rem', cell: ({ at }) => <When at={at} shows="second" /> },
  { name: 'by', title: 'Who', width: '11rem', cell: ({ by }) => <span title={by}>{actor(by)}</span> },
  {
    name: 'action',
    title: 'Action',
    width: '12rem',
    cell: ({ action }) => <span title={action}>{sentenceCase(action)}</span>,
  },
  {
    name: 'target',
    title: 'Done to',
    hideBelow: 'phone',
    cell: ({ target }) => {
      const to = targetAddress(target);
      return to === undefined ? (
        <span title={target}>{target}</span>
      ) : (
        <Link to={to} title={target}>
          {target}
        </Link>
      );
    },
  },
  {
    name: 'reason',
    title: 'Reason',
    hideBelow: 'wide',
    cell: (entry) => <span title={reasonOf(entry)}>{reasonOf(entry)}</span>,
  },
  {
    name: 'open',
    title: 'Details',
    isTitleHidden: true,
    width: '5rem',
    align: 'end',
    cell: (entry) => (
      <Button
        look="plain"
        className="in-row"
        aria-label={`Details of ${entry.action} by ${actor(entry.by)}`}
        onClick={() => open(entry)}
      >
        Details
      </Button>
    ),
  },
];
