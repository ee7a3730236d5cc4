import { decimal, isPositive } from '#model/kernel';
import type { Ledger } from '../kit/index.ts';
import { acknowledgement } from './acknowledgement-997.ts';
import { advice, type ReportedLine } from './advice-945.ts';
import type { WarehouseDials } from './dials.ts';
import type { Folders } from './folders.ts';
import type { Mailbox } from './mailbox.ts';
import { type Order, type ReceivedGroup, readGroups } from './order-940.ts';
import { nothingShipped, pick, type Shelves, split } from './picking.ts';
import type { WarehouseScript } from './scripts.ts';
import { answeringSides, cut, type Line, type Sides } from './x12.ts';

export interface WarehouseNeeds {
  readonly site: string;
  readonly folders: Folders;
  readonly shelves: Shelves;
  readonly ledger: Pick<Ledger, 'append'>;
  readonly mailbox: Mailbox;
  readonly dials: () => WarehouseDials;
  /** Every script for a release, each once; they count as fired. */
  readonly scriptsFor: (order: Order) => readonly WarehouseScript[];
  readonly now: () => Date;
}

/** The work behind the folders. */
export interface Warehouse {
  /** Something was put into `in`. */
  received(path: string): void;
  /** Resolves when nothing is under way at this moment, timers aside. */
  idle(): Promise<void>;
  stop(): void;
}

type Stage = 'waiting' | 'held' | 'shipped' | 'cancelled';
interface Release {
  readonly order: Order;
  readonly sides: Sides;
  readonly scripts: readonly WarehouseScript[];
  stage: Stage;
}

const summary = ({ fulfilmentNumber, purchaseOrder }: Order) => ({ fulfilmentNumber, purchaseOrder });
const lineSummary = (lines: readonly { line: number; item: string; quantity: string }[]) =>
  lines.map(({ line, item, quantity }) => ({ line, item, quantity }));
const sameOrder = (a: Order, b: Order): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Opens the warehouse. It takes 940 from `in`, moves them to its archive, and answers into `out`. */
export function createWarehouse(needs: WarehouseNeeds): Warehouse {
  const { site, folders, shelves, ledger, mailbox, dials, scriptsFor, now } = needs;
  const releases = new Map<string, Release>();
  /** Requests to cancel what has not come yet. */
  const cancelledBefore = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<void>>();
  let shipments = 0;

  const run = (work: () => Promise<void>) => {
    const promise = work().finally(() => underWay.delete(promise));
    underWay.add(promise);
  };
  const later = (ms: number, work: () => Promise<void>) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(work);
    }, ms);
    timers.add(timer);
  };
  const has = ({ scripts }: Release, behaviour: WarehouseScript['behaviour']): boolean =>
    scripts.some((script) => script.behaviour === behaviour);

  const report = async (release: Release, lines: readonly ReportedLine[]): Promise<void> => {
    shipments += 1;
    const shipmentNumber = `${site}-${String(shipments).padStart(6, '0')}`;
    const shipped = lines.filter((line) => isPositive(line.shipped));
    const about = { ...summary(release.order), shipmentNumber };
    const left = lineSummary(shipped.map(({ line, item, shipped: quantity }) => ({ line, item, quantity })));
    await ledger.append(
      left.length === 0 ? { kind: 'cancelled', ...about } : { kind: 'shipped', ...about, lines: left },
    );
    const body = advice({ ...about, at: now(), lines });
    const mishaps = release.scripts.flatMap((script) => (script.behaviour === 'mishap' ? [script.how] : []));
    mailbox.send('945', body, release.sides, mishaps);
    if (has(release, 'report-twice')) mailbox.send('945', body, release.sides);
  };

  const ship = async (release: Release): Promise<void> => {
    if (release.stage === 'shipped' || release.stage === 'cancelled') return;
    release.stage = 'shipped';
    const missing = release.scripts.flatMap((script) =>
      script.behaviour === 'short-pick' ? [[script.item, decimal(script.quantity)] as const] : [],
    );
    const picked = pick(release.order.lines, shelves, new Map(missing));
    const parts = has(release, 'part-shipments') ? split(picked) : undefined;
    if (parts === undefined) return report(release, picked);
    await report(release, parts[0]);
    later(dials().workMs, () => report(release, parts[1]));
  };
  const cancel = async (release: Release): Promise<void> => {
    release.stage = 'cancelled';
    await report(release, nothingShipped(release.order.lines));
  };

  const lateness = ({ scripts }: Release): number =>
    scripts.reduce((sum, script) => sum + (script.behaviour === 'late' ? script.ms : 0), dials().workMs);
  const workOn = (release: Release) => later(lateness(release), () => ship(release));

  /** What a script, or an earlier request to cancel, makes of a release that has just come. */
  const begin = async (release: Release): Promise<void> => {
    const asked = cancelledBefore.delete(release.order.fulfilmentNumber);
    if (has(release, 'early')) await ship(release);
    else if (has(release, 'accept-cancellation') || has(release, 'refuse-cancellation')) {
      release.stage = 'held';
      if (asked) later(dials().workMs, () => settle(release));
    } else if (asked) later(dials().workMs, () => cancel(release));
    else workOn(release);
  };
  const settle = (release: Release): Promise<void> =>
    has(release, 'refuse-cancellation') ? ship(release) : cancel(release);

  const takeRelease = async (order: Order, sides: Sides): Promise<void> => {
    const known = releases.get(order.fulfilmentNumber);
    if (known !== undefined) {
      await ledger.append({ kind: 'duplicate-release', ...summary(order), identical: sameOrder(known.order, order) });
      return;
    }
    const release: Release = { order, sides, scripts: scriptsFor(order), stage: 'waiting' };
    releases.set(order.fulfilmentNumber, release);
    await ledger.append({ kind: 'release-received', ...summary(order), lines: lineSummary(order.lines) });
    await begin(release);
  };
  const takeCancellation = async (order: Order): Promise<void> => {
    await ledger.append({ kind: 'cancel-received', ...summary(order) });
    const release = releases.get(order.fulfilmentNumber);
    if (release === undefined) cancelledBefore.add(order.fulfilmentNumber);
    else if (release.stage === 'held') await settle(release);
    else if (release.stage === 'waiting') await cancel(release);
    // What has left has left; its 945 stands.
  };

  const acknowledgementLateness = ({ sets }: ReceivedGroup): number =>
    sets
      .flatMap(({ order }) => releases.get(order?.fulfilmentNumber ?? '')?.scripts ?? [])
      .reduce((sum, script) => sum + (script.behaviour === 'late-acknowledgement' ? script.ms : 0), 0);
  const takeGroup = async (group: ReceivedGroup, sides: Sides): Promise<void> => {
    for (const { order } of group.errors.length > 0 ? [] : group.sets) {
      if (order?.action === 'release') await takeRelease(order, sides);
      else if (order?.action === 'cancel') await takeCancellation(order);
    }
    if (!dials().acknowledge) return;
    const send = () => mailbox.send('997', acknowledgement(group), sides);
    const lateMs = acknowledgementLateness(group);
    if (lateMs === 0) send();
    else later(lateMs, async () => send());
  };
  const takeAcknowledgements = async (lines: readonly Line[]): Promise<void> => {
    const [, about = '', group = ''] = lines.find(([name]) => name === 'AK1') ?? [];
    const verdict = lines.find(([name]) => name === 'AK9')?.[1] ?? '';
    await ledger.append({ kind: 'acknowledgement-received', about, group, accepted: verdict === 'A' });
  };
  /** A name may come again; the archive keeps both. */
  const archive = (name: string): void => {
    for (let turn = 1; turn < 100; turn += 1) {
      const target = `in/archive/${name}${turn === 1 ? '' : `.${turn}`}`;
      if (folders.rename(`in/${name}`, target) !== 'refused') return;
    }
  };
  const take = async (path: string): Promise<void> => {
    const file = folders.file(path);
    if (file === undefined) return;
    const name = path.slice('in/'.length);
    const lines = cut(file.content.toString('utf8'));
    if (lines === undefined) {
      await ledger.append({ kind: 'unreadable-received', name });
    } else {
      const sides = answeringSides(lines);
      for (const group of readGroups(lines)) {
        if (group.kind === 'FA') await takeAcknowledgements(lines);
        else await takeGroup(group, sides);
      }
    }
    archive(name);
  };

  return {
    received: (path) => run(() => take(path)),
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
