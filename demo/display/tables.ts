import { dirtHandled } from '../check/dirt.ts';
import type { Report } from '../report/report.ts';
import { amountText, cut, durationText, table, width } from './table.ts';

const outcomeMeans: Readonly<Record<string, string>> = {
  completed: 'shipped and invoiced in full',
  'completed-short': 'what could ship did; the rest cancelled',
  cancelled: 'nothing was delivered',
  held: 'somebody has yet to decide',
  refused: 'the API said all that is wrong (422)',
  quarantined: 'kept, with all that is wrong, for a person',
  unfinished: 'never came to an end',
};

const words = (name: string): string => name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

function outcomes({ byOutcome, worth }: Report): readonly string[] {
  const order = Object.keys(outcomeMeans);
  const rows = Object.entries(byOutcome)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([outcome, count]) => {
      const value = worth[outcome];
      const amounts = value === undefined ? ['', ''] : [amountText(value.ordered), amountText(value.invoiced)];
      return [outcome, String(count), ...amounts, outcomeMeans[outcome] ?? ''];
    });
  return table(
    [
      { head: 'How they ended' },
      { head: 'orders', right: true },
      { head: 'ordered GBP', right: true },
      { head: 'invoiced GBP', right: true },
      { head: '' },
    ],
    rows,
  );
}

const stages = ({ stages: all }: Report): readonly string[] =>
  table(
    [
      { head: 'How long each stage took' },
      { head: 'orders', right: true },
      { head: 'half within', right: true },
      { head: '95 % within', right: true },
      { head: 'longest', right: true },
    ],
    Object.entries(all).map(([stage, { count, p50, p95, max }]) => [
      stage,
      String(count),
      durationText(p50),
      durationText(p95),
      durationText(max),
    ]),
  );

const incidents = ({ incidents: all }: Report): readonly string[] =>
  table(
    [{ head: 'What went wrong on purpose' }, { head: 'planned', right: true }, { head: 'happened', right: true }],
    Object.entries(all)
      .filter(([, { planned }]) => planned > 0)
      .map(([kind, { planned, fired }]) => [kind.replaceAll('-', ' '), String(planned), String(fired)]),
  );

const dirt = ({ dirt: all }: Report): readonly string[] =>
  table(
    [{ head: 'What was dirty in the data' }, { head: 'orders', right: true }, { head: 'and what became of it' }],
    Object.entries(all)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => [words(kind), String(count), dirtHandled[kind as keyof typeof dirtHandled]]),
  );

/** Beyond so many the report has the rest. */
const mostDifferences = 20;

function differences({ differences: all, vacuous }: Report): readonly string[] {
  const lines = [
    ...all.slice(0, mostDifferences).map(({ kind, id, orderNumber, what }) => `${kind}: ${orderNumber ?? id}: ${what}`),
    ...(all.length > mostDifferences ? [`… and ${all.length - mostDifferences} more; see --report`] : []),
    ...vacuous.map((why) => `proves nothing: ${why}`),
  ];
  return lines.map((line) => cut(`  ✗ ${line}`, width * 2));
}

function verdict(report: Report): readonly string[] {
  const { orders, asScripted, lost, doubled, durationSeconds, value, passed } = report;
  return [
    `  ${passed ? '✓' : '✗'} ${asScripted} of ${orders} orders ended as foreseen, in ${durationSeconds} s. By the systems' own ledgers ${lost} lost, ${doubled} doubled.`,
    `    ordered ${amountText(value.ordered)}, shipped ${amountText(value.shipped)}, invoiced ${amountText(value.invoiced)} ${value.currency} before tax`,
    ...differences(report),
  ];
}

/** The end of the day, in tables. */
export const dayTables = (report: Report): readonly string[] => [
  '',
  ...outcomes(report),
  '',
  ...stages(report),
  '',
  ...incidents(report),
  '',
  ...dirt(report),
  '',
  ...verdict(report),
];
