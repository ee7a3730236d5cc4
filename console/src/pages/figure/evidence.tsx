import { Router } from '../../app/routes.ts';
import { Empty } from '../../parts/empty.tsx';
import { useKeyset } from '../../parts/keyset.ts';
import { List } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { isOrderNumber, valueWords } from '../figures/figure-words.ts';
import { evidencePage, type Figure, type Time } from '../figures/questions.ts';

/** An order is named by its number; what it started has that with something behind, and is searched for. */
const orderLink = (key: string): string =>
  isOrderNumber(key) ? Router.Order({ orderNumber: key }) : Router.Orders({ search: key });

/** What stands behind a figure, the worst first. */
export function Evidence({ figure, time }: { readonly figure: Figure; readonly time: Required<Time> }) {
  const { rows, more, problem, retry } = useKeyset(['figures', 'evidence', figure.figure, time], (after) =>
    evidencePage(figure.figure, time, after),
  );
  return (
    <List
      label="Evidence"
      columns={[
        {
          name: 'key',
          title: 'Which',
          width: '16rem',
          cell: ({ key, kind, note }) => (kind === 'case' ? (note ?? key) : key),
        },
        {
          name: 'value',
          title: 'Value',
          align: 'end',
          width: '8rem',
          cell: ({ value }) => valueWords(figure.unit, value),
        },
        {
          name: 'at',
          title: 'When',
          width: '9rem',
          hideBelow: 'phone',
          cell: ({ at }) => <When at={at} shows="absolute" />,
        },
        {
          name: 'note',
          title: 'Note',
          wraps: true,
          cell: ({ note, kind }) => <span className="muted">{kind === 'case' ? '' : (note ?? '')}</span>,
        },
      ]}
      rows={rows}
      rowKey={({ key, at, note }) => `${key} ${at} ${note ?? ''}`}
      rowLink={({ key, kind }) => (kind === 'case' ? Router.Case({ caseId: key }) : orderLink(key))}
      more={more}
      problem={problem}
      retry={retry}
      empty={<Empty title="Nothing stands behind it in this time." />}
    />
  );
}
