import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import { type Actor, createStory, orderActors, orderOfTests } from '#business/flows/testing';
import { crmNews } from '#business/reactions';
import type { Order } from '#model/canonical';
import type { EffectStanding, OrderRun, RecordedLine } from '../needs.ts';
import type { OrderRecord, RecordedRun } from '../record/order-record.ts';
import { erpOnPaper } from './erp-on-paper.ts';

const flows = [orderToCash, fulfilment, orderNews, customerNotices];

/** Who does what, as routing rules would say. */
const instances: Readonly<Record<string, string>> = {
  customers: 'erp-main',
  prices: 'erp-main',
  'sales-orders': 'erp-main',
  'goods-issues': 'erp-main',
  invoices: 'erp-main',
  opportunities: 'crm-main',
  fulfilment: 'wms-north',
  reservations: 'crossdock',
  'order-register': 'crossdock',
};

const withInstance = ({ entry, ...line }: RecordedLine): RecordedLine => {
  if (entry.kind !== 'asked') return { ...line, entry };
  const route = entry.request as { readonly site?: string } | null;
  const instance =
    entry.capability === 'fulfilment' && route?.site === 'SOUTH' ? 'wms-south' : instances[entry.capability];
  return { ...line, entry: instance === undefined ? entry : { ...entry, instance } };
};

interface Look {
  readonly now?: string;
  /** When present deadlines are over, by run. */
  readonly due?: Readonly<Record<string, string>>;
  readonly standings?: Readonly<Record<string, EffectStanding>>;
}

/**
 * An order played on paper, and at any moment the record of it as the API reads it: for tests of what is told of an order. `look` is
 * called after each advance.
 */
export function orderOnPaper(
  actors: Readonly<Record<string, Actor>> = {},
  changes: Partial<Order> = {},
  look: (read: (how?: Look) => OrderRecord) => void = () => undefined,
) {
  const order = orderOfTests(changes);
  const story = createStory(flows, { ...orderActors, ...erpOnPaper(), 'tell-crm': () => undefined, ...actors }, () =>
    watch(),
  );
  const { orderNumber } = order;

  function viewOf(flow: string, key: string): OrderRun | undefined {
    const found = story.linesOf(flow, key);
    if (found.length === 0) return undefined;
    const run = story.run(flows.find(({ name }) => name === flow) ?? orderToCash, key);
    return {
      ...run,
      cases: [...new Set(run.cases.map(({ cause }) => cause))],
      startedAt: found[0]?.at ?? '',
      updatedAt: found.at(-1)?.at ?? '',
      version: 1,
    };
  }

  /** The record, as it stands now. */
  function read({ now = story.now(), due = {}, standings = {} }: Look = {}): OrderRecord {
    const known = runsOfTheStory().map((each): RecordedRun => {
      const run = viewOf(each.flow, each.key);
      const dueAt = due[`${each.flow}/${each.key}`];
      return { ...each, ...(run === undefined ? {} : { run: dueAt === undefined ? run : { ...run, dueAt } }) };
    });
    const [first] = known;
    if (first?.run === undefined) throw new Error('the order has not begun');
    return { order: first.run, runs: known, standings: new Map(Object.entries(standings)), asOf: now };
  }

  /** The order first, then its news, then what it started. */
  function runsOfTheStory(): readonly RecordedRun[] {
    const linesOf = (flow: string, key: string) =>
      (story.linesOf(flow, key) as readonly RecordedLine[]).map(withInstance);
    const own = linesOf(orderToCash.name, orderNumber);
    const children = own.flatMap(({ entry }) => (entry.kind === 'child-started' ? [entry] : []));
    const names = [
      { flow: orderToCash.name, key: orderNumber },
      { flow: orderNews.name, key: orderNumber },
      ...children.map(({ flow, key }) => ({ flow, key })),
    ];
    return names
      .map((each) => ({ ...each, lines: linesOf(each.flow, each.key) }))
      .filter(({ lines }) => lines.length > 0);
  }

  const watch = (): void => {
    if (story.linesOf(orderToCash.name, orderNumber).length > 0) look(read);
  };

  let handedOn = 0;
  /** Hands on the facts that were told since to the run that tells the CRM. */
  function handOnNews(): void {
    const told = story
      .linesOf(orderToCash.name, orderNumber)
      .flatMap(({ entry }) => (entry.kind === 'told' ? [entry.fact] : []));
    for (const fact of told.slice(handedOn)) {
      const reacted = crmNews(fact);
      if (reacted === undefined) continue;
      story.start(orderNews, orderNumber, reacted.start.input);
      story.tell(
        orderNews,
        orderNumber,
        { name: reacted.message.type },
        reacted.message.data,
        '/crossdock/flows/order-to-cash',
      );
    }
    handedOn = told.length;
  }

  story.start(orderToCash, orderNumber, order);
  return { story, orderNumber, read, handOnNews };
}
