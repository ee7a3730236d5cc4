import { at as stage } from '#model/canonical';
import { add, compare, type Decimal, isZero, zero } from '#model/kernel';
import { type Cell, cell, judged, ourselves, type Row, row, worstOf } from './cell.ts';
import type { Contradiction, Findings, Missing } from './contradiction.ts';
import type { Evidence } from './evidence.ts';
import {
  type Compared,
  comparedBookings,
  comparedInvoices,
  comparedIssues,
  comparedReleases,
  comparedShipments,
  of,
} from './quantities.ts';

interface Kind {
  readonly name: 'booked' | 'released' | 'shipped' | 'invoiced';
  readonly compared: readonly Compared[];
  /** How a difference for good is told; absent where somebody else tells it. */
  readonly told?: Telling;
}

interface Telling {
  readonly says: (system: string, lines: string) => string;
  readonly whatToDo: (system: string) => string;
  /** The message that would settle it, where they have less than we, or more. */
  readonly less?: (system: string) => Pick<Missing, 'message' | 'from' | 'to'>;
  readonly more?: (system: string) => Pick<Missing, 'message' | 'from' | 'to'>;
}

const toSystem =
  (message: string) =>
  (system: string): Pick<Missing, 'message' | 'from' | 'to'> => ({ message, from: ourselves, to: system });
const fromSystem =
  (message: string) =>
  (system: string): Pick<Missing, 'message' | 'from' | 'to'> => ({ message, from: system, to: ourselves });

const kindsOf = (evidence: Evidence): readonly Kind[] => [
  {
    name: 'booked',
    compared: comparedBookings(evidence),
    told: {
      says: (system, lines) => `${system} expects to deliver another quantity than our books: ${lines}.`,
      whatToDo: (system) => `Correct the sales order in ${system}: what will not be shipped is taken back.`,
      less: toSystem('booking'),
      more: toSystem('withdrawal of the booking'),
    },
  },
  { name: 'released', compared: comparedReleases(evidence) },
  {
    name: 'shipped',
    compared: comparedIssues(evidence),
    told: {
      says: (system, lines) => `${system} has another quantity issued than left: ${lines}.`,
      whatToDo: (system) => `Correct the goods issue in ${system}.`,
      less: toSystem('goods issue'),
    },
  },
  { name: 'shipped', compared: comparedShipments(evidence) },
  {
    name: 'invoiced',
    compared: comparedInvoices(evidence),
    told: {
      says: (system, lines) => `${system} has invoiced another quantity than left: ${lines}.`,
      whatToDo: (system) =>
        `Have the invoice corrected in ${system}: a credit memo for what is too much, another invoice for what is missing.`,
      less: fromSystem('invoice'),
      more: fromSystem('credit memo'),
    },
  },
];

const total = (compared: readonly Compared[], side: 'ours' | 'theirs', line: number): Decimal =>
  compared.reduce<Decimal>((found, each) => add(found, of(each[side], line)), zero);

const isSame = ({ ours, theirs }: Compared, line: number): boolean => compare(of(ours, line), of(theirs, line)) === 0;

function theirCells(compared: readonly Compared[], line: number): readonly Cell[] {
  const about = compared.filter(({ ours, theirs }) => ours.has(line) || theirs.has(line));
  return [...new Set(about.map(({ system }) => system))].map((system) => {
    const own = about.filter((each) => each.system === system);
    const last = own.findLast(({ asOf }) => asOf !== undefined);
    return cell(system, {
      value: total(own, 'theirs', line),
      standing: worstOf(own.map((each) => judged(isSame(each, line), each.progress))),
      asOf: last?.asOf,
      source: last?.source,
    });
  });
}

const propertyOf = (line: number, name: string): string => `line ${line}: ${name}`;

function rowOf(name: Kind['name'], kinds: readonly Kind[], line: number): readonly Row[] {
  const own = kinds.filter((kind) => kind.name === name);
  const cells = own.flatMap(({ compared }) => theirCells(compared, line));
  if (cells.length === 0) return [];
  const ours =
    own
      .map(({ compared }) => total(compared, 'ours', line))
      .toSorted(compare)
      .at(-1) ?? zero;
  return [row(propertyOf(line, name), [cell(ourselves, { value: ours }), ...cells], line)];
}

interface Difference {
  readonly line: number;
  readonly ours: Decimal;
  readonly theirs: Decimal;
}

const inWords = ({ line, ours, theirs }: Difference): string => `line ${line} ${theirs} instead of ${ours}`;

function quarrel(name: Kind['name'], system: string, told: Telling, all: readonly Difference[]): Contradiction {
  const ways = new Set(all.map(({ ours, theirs }) => compare(theirs, ours)));
  const message = ways.size > 1 ? undefined : (ways.has(-1) ? told.less : told.more)?.(system);
  const whatToDo = told.whatToDo(system);
  return {
    property: propertyOf(all[0]?.line ?? 0, name),
    says: told.says(system, all.map(inWords).join(', ')),
    ...(message === undefined ? { whatToDo } : { missing: { ...message, whatToDo } }),
  };
}

/** What differs for good of one kind, said once for each system however many lines it is. */
function quarrels({ name, compared, told }: Kind, lines: readonly number[]): readonly Contradiction[] {
  if (told === undefined) return [];
  const found = new Map<string, Difference[]>();
  for (const each of compared.filter(({ progress }) => progress === 'settled')) {
    const { system, ours, theirs } = each;
    const different = lines.filter((line) => !isSame(each, line));
    const more = different.map((line) => ({ line, ours: of(ours, line), theirs: of(theirs, line) }));
    if (more.length > 0) found.set(system, [...(found.get(system) ?? []), ...more]);
  }
  return [...found].map(([system, differences]) => quarrel(name, system, told, differences));
}

/** Line by line, where its quantity stands in everybody's eyes. */
export function judgeLines(evidence: Evidence): Findings<readonly Row[]> {
  const { demand, document } = evidence;
  const kinds = kindsOf(evidence);
  const goods = demand.lines.filter(({ kind }) => kind === 'goods').map(({ lineNumber }) => lineNumber);
  const rows = goods.flatMap((line): readonly Row[] => {
    const quantities = document.lines[line];
    const alone = (name: string, value: Decimal): readonly Row[] =>
      isZero(value) ? [] : [row(propertyOf(line, name), [cell(ourselves, { value })], line)];
    return [
      ...alone('ordered', quantities?.ordered ?? zero),
      ...alone('allocated', quantities === undefined ? zero : stage(quantities, 'allocated')),
      ...(['booked', 'released', 'shipped', 'invoiced'] as const).flatMap((name) => rowOf(name, kinds, line)),
      ...alone('backordered', quantities === undefined ? zero : stage(quantities, 'backordered')),
      ...alone('cancelled', quantities === undefined ? zero : stage(quantities, 'cancelled')),
    ];
  });
  return { rows, contradictions: kinds.flatMap((kind) => quarrels(kind, goods)) };
}
