import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { useAddress } from '../../parts/address.ts';
import { Badge } from '../../parts/badge.tsx';
import { Chart } from '../../parts/chart.tsx';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { Card, Facts, Page, Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Stat, Stats } from '../../parts/stat.tsx';
import { When } from '../../parts/when.tsx';
import { count } from '../../words/count.ts';
import { actor } from '../../words/names.ts';
import { againstBaseline, valueWords } from '../figures/figure-words.ts';
import { csvAddress, type Figure, figureQuestion, type Time, timeOf } from '../figures/questions.ts';
import { TimeChoice } from '../figures/time-choice.tsx';
import { SetBaseline } from './baseline.tsx';
import { Evidence } from './evidence.tsx';
import './figure.css';

function Numbers({ figure }: { readonly figure: Figure }) {
  const { value, p95, sample, unit, baseline } = figure;
  const against = againstBaseline(figure);
  return (
    <Stats>
      <Stat
        label="Value"
        value={value === undefined ? '–' : valueWords(unit, value)}
        {...(against === undefined ? {} : { note: against.text, tone: against.tone })}
      />
      {p95 === undefined ? null : <Stat label="95 of 100 below" value={valueWords(unit, p95)} />}
      {sample === undefined ? null : <Stat label="Worked out from" value={count(sample)} />}
      {baseline === undefined ? null : (
        <Stat
          label="Baseline"
          value={valueWords(unit, baseline.value)}
          note={`${baseline.from} to ${baseline.to}, set by ${actor(baseline.setBy)}`}
        />
      )}
    </Stats>
  );
}

function Trend({ figure }: { readonly figure: Figure }) {
  const { title, trend, unit, baseline } = figure;
  return (
    <Section title="Trend">
      <Chart
        label={`Trend of ${title}`}
        at={trend.map(({ at }) => at)}
        series={[{ name: title, values: trend.map(({ value }) => value) }]}
        format={(value) => valueWords(unit, value)}
        {...(baseline === undefined ? {} : { baseline: { name: 'Baseline', value: baseline.value } })}
      />
      <details>
        <summary>As a table</summary>
        <List
          label={`Trend of ${title} as a table`}
          columns={[
            { name: 'at', title: 'When', width: '9rem', cell: ({ at }) => <When at={at} shows="absolute" /> },
            {
              name: 'value',
              title: 'Value',
              align: 'end',
              width: '8rem',
              cell: ({ value }) => (value === undefined ? '–' : valueWords(unit, value)),
            },
            { name: 'sample', title: 'Of', align: 'end', width: '6rem', cell: ({ sample }) => count(sample) },
            { name: 'rest', title: '', cell: () => null },
          ]}
          rows={trend}
          rowKey={({ at }) => at}
          empty={<Empty title="Nothing happened in this time." />}
          hasKeys={false}
        />
      </details>
    </Section>
  );
}

function Content({ figure, time }: { readonly figure: Figure; readonly time: Required<Time> }) {
  return (
    <>
      {figure.available ? (
        <>
          <Numbers figure={figure} />
          <Trend figure={figure} />
        </>
      ) : null}
      <Card>
        <p className="figure-formula">{figure.formula}</p>
        <Facts
          facts={[
            ['Source', figure.source],
            ['Better', `The ${figure.better}, the better`],
            [
              'Missing',
              figure.available ? undefined : (
                <Badge key="missing" tone="quiet">
                  {figure.because ?? 'There is no data for it yet.'}
                </Badge>
              ),
            ],
          ]}
        />
      </Card>
      {figure.available ? (
        <Section
          title="What stands behind it"
          note="The worst first"
          aside={
            <a
              className="button"
              href={csvAddress(`figures/${encodeURIComponent(figure.figure)}/evidence.csv`, time)}
              download
            >
              Export CSV
            </a>
          }
        >
          <Evidence figure={figure} time={time} />
        </Section>
      ) : null}
    </>
  );
}

/** One figure: what it is, how it went, and what it is made of. */
export function FigurePage() {
  const name = Router.useRoute(['Figure'])?.params.figure ?? '';
  const asked = timeOf(useAddress());
  const { data, error, refetch } = useQuery(figureQuestion(name, asked));
  const figure = data?.figures[0];
  return (
    <Page
      title={figure?.title ?? 'A figure'}
      above={{ to: Router.Figures(asked), title: 'Figures' }}
      actions={
        data === undefined || figure === undefined ? undefined : (
          <SetBaseline key={figure.figure} figure={figure} time={{ from: data.from, to: data.to }} />
        )
      }
    >
      <TimeChoice shown={data} />
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {data === undefined || figure === undefined ? (
        error === null ? (
          <Skeleton label="The figure" lines={10} />
        ) : null
      ) : (
        <Content figure={figure} time={{ from: data.from, to: data.to }} />
      )}
    </Page>
  );
}
