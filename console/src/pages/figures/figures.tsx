import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { useAddress } from '../../parts/address.ts';
import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { count } from '../../words/count.ts';
import { againstBaseline, groups, valueWords } from './figure-words.ts';
import { csvAddress, type Figure, figuresQuestion, timeOf } from './questions.ts';
import { TimeChoice } from './time-choice.tsx';

const columns: readonly Column<Figure>[] = [
  { name: 'title', title: 'Figure', width: '17rem', wraps: true, cell: ({ title }) => title },
  {
    name: 'value',
    title: 'Value',
    align: 'end',
    width: '8rem',
    cell: ({ value, unit }) => (value === undefined ? <span className="muted">–</span> : valueWords(unit, value)),
  },
  {
    name: 'p95',
    title: '95 of 100 below',
    align: 'end',
    width: '8rem',
    hideBelow: 'wide',
    cell: ({ p95, unit }) => (p95 === undefined ? <span className="muted">–</span> : valueWords(unit, p95)),
  },
  {
    name: 'sample',
    title: 'Of',
    align: 'end',
    width: '5rem',
    hideBelow: 'phone',
    cell: ({ sample }) => (sample === undefined ? <span className="muted">–</span> : count(sample)),
  },
  {
    name: 'trend',
    title: 'Trend',
    width: '8rem',
    hideBelow: 'phone',
    cell: ({ title, trend }) => <Sparkline label={`Trend of ${title}`} values={trend.map(({ value }) => value)} />,
  },
  {
    name: 'standing',
    title: 'Stands',
    wraps: true,
    cell: (figure) => {
      if (!figure.available) return <span className="muted">{figure.because ?? 'There is no data for it yet.'}</span>;
      if (figure.value === undefined) return <span className="muted">Nothing happened in this time.</span>;
      const against = againstBaseline(figure);
      return against === undefined ? (
        <span className="muted">no baseline</span>
      ) : (
        <Badge tone={against.tone}>{against.text}</Badge>
      );
    },
  },
];

/** What is watched over time: each with its formula, its baseline and what stands behind it. */
export function Figures() {
  const address = useAddress();
  const time = timeOf(address);
  const { data, error, refetch } = useQuery(figuresQuestion(time));
  return (
    <Page
      title="Figures"
      lede="Worked out from the journals and the read models; one for which there are no records says what is missing."
      actions={
        <a className="button" href={csvAddress('figures.csv', time)} download>
          Export CSV
        </a>
      }
    >
      <TimeChoice shown={data} />
      {groups.map(({ group, title }, at) => (
        <Section key={group} title={title}>
          <List
            label={title}
            columns={columns}
            rows={data?.figures.filter((figure) => figure.group === group)}
            rowKey={({ figure }) => figure}
            rowLink={({ figure }) => Router.Figure({ figure, ...time })}
            problem={at === 0 ? error : undefined}
            retry={() => void refetch()}
            empty={<Empty title="There is none." />}
            hasKeys={at === 0}
          />
        </Section>
      ))}
    </Page>
  );
}
