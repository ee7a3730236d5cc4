import { add, compare, isPositive, subtract, sum } from '#model/kernel';
import type { Hearing } from '../exchanges/order-exchange.ts';
import { type CellStanding, standingOf } from './cell.ts';
import type { Contradiction, Missing } from './contradiction.ts';
import type { Evidence } from './evidence.ts';
import type { Handover } from './handover.ts';
import { isDone } from './progress.ts';

interface Acknowledgement {
  readonly document: string;
  readonly accepted: boolean;
}

/** The last that the warehouse's translator said of the release itself. */
const releaseWord = (acknowledgements: readonly Hearing[]): Acknowledgement | undefined =>
  acknowledgements.map(({ data }) => data as Acknowledgement).findLast(({ document }) => document === 'release');

/** What a warehouse believes of a fulfilment, in a word or two. */
export function warehouseWord(handover: Handover): string | undefined {
  const { release, acknowledgements, reported, cancelled, document } = handover;
  const released = document?.given.fulfilment.lines ?? [];
  const isAll = released.every(({ lineNumber, quantity }) => {
    const left = reported.flatMap(({ shipment }) => shipment.lines.filter((line) => line.lineNumber === lineNumber));
    return left.some(({ shipped }) => compare(shipped, quantity) >= 0);
  });
  if (cancelled !== undefined) return reported.length > 0 ? 'shipped in part, rest stopped' : 'will not ship';
  if (reported.length > 0) return isAll ? 'shipped' : 'shipped in part';
  const word = acknowledgements.findLast(({ data }) => (data as { readonly document: string }).document === 'release');
  if (word !== undefined)
    return (word.data as { readonly accepted: boolean }).accepted ? 'has it' : 'could not read it';
  return release !== undefined && isDone(release) ? 'was sent it' : undefined;
}

/** The last that was heard of it. */
const lastHeard = ({ reported, acknowledgements, release }: Handover): string | undefined =>
  reported.at(-1)?.hearing.at ?? acknowledgements.at(-1)?.at ?? release?.settledAt;

interface Awaited {
  readonly message: string;
  readonly says: string;
  readonly whatToDo: string;
}

/** By state: the message whose time is over. */
const awaited: Readonly<Record<string, (number: string, warehouse: string) => Awaited>> = {
  unacknowledged: (number, warehouse) => ({
    message: 'release acknowledgement',
    says: `${warehouse} has not said that it could read the release of ${number}.`,
    whatToDo: `Ask ${warehouse} whether the release of ${number} came. If not, have it released anew.`,
  }),
  released: (number, warehouse) => ({
    message: 'shipping confirmation',
    says: `${warehouse} has had ${number} for longer than it should need, and has not said what left.`,
    whatToDo: `Ask ${warehouse} whether ${number} has left. If it has, have the confirmation sent again.`,
  }),
  cancelling: (number, warehouse) => ({
    message: 'verdict on the cancellation',
    says: `${warehouse} was asked to stop ${number} and has not said whether it did.`,
    whatToDo: `Ask ${warehouse} whether ${number} was stopped or has left.`,
  }),
};

function overdueMessage({ number, warehouse, run, overdue, ...handover }: Handover): Contradiction | undefined {
  const words = run === undefined || warehouse === undefined ? undefined : awaited[run.state]?.(number, warehouse);
  if (words === undefined || overdue === undefined || warehouse === undefined) return undefined;
  // While the request to stop itself is on its way, it is that which is missing.
  if (run?.state === 'cancelling' && handover.cancellation !== undefined && !isDone(handover.cancellation))
    return undefined;
  const since = lastHeard({ number, warehouse, ...handover } as Handover);
  const missing: Missing = {
    message: words.message,
    from: warehouse,
    to: 'crossdock',
    ...(since === undefined ? {} : { since }),
    whatToDo: words.whatToDo,
  };
  return { property: 'state', says: words.says, missing };
}

const refused = ({
  number,
  warehouse = 'the warehouse',
  run,
  document,
  acknowledgements,
}: Handover): Contradiction | undefined => {
  if (run?.state !== 'refused') return undefined;
  const since = acknowledgements.at(-1)?.at;
  return {
    property: 'state',
    says: `Our books have ${number} at ${warehouse}, which could not read its release: ${document?.refusals.join('; ') || 'it gave no reason'}.`,
    missing: {
      message: 'release that it can read',
      from: 'crossdock',
      to: warehouse,
      ...(since === undefined ? {} : { since }),
      whatToDo: 'Change what is wrong on the order, or release it again; or tell the warehouse by hand and say so.',
    },
  };
};

/** Our books have closed it with something not shipped, and its warehouse, which has it, never said that it stopped. */
export function isStillThere(handover: Handover): boolean {
  const { run, release, cancelled, acknowledgements, document } = handover;
  if (run?.phase !== 'ended' || release === undefined || !isDone(release) || cancelled !== undefined) return false;
  const word = releaseWord(acknowledgements);
  if (word !== undefined && !word.accepted) return false;
  return (document?.given.fulfilment.lines ?? []).some(({ lineNumber, quantity }) => {
    const said = (document?.shipments ?? []).flatMap(({ lines }) =>
      lines.filter((line) => line.lineNumber === lineNumber).map(({ shipped, short }) => add(shipped, short)),
    );
    return isPositive(subtract(quantity, sum(said)));
  });
}

const stillThere = (handover: Handover): Contradiction | undefined => {
  const { number, warehouse = 'the warehouse', cancellation, release } = handover;
  if (!isStillThere(handover)) return undefined;
  const wasAsked = cancellation !== undefined && isDone(cancellation);
  const since = (wasAsked ? cancellation : release)?.settledAt;
  return {
    property: 'state',
    says: `Our books have closed ${number}; ${warehouse} has it and may still ship it.`,
    missing: {
      message: wasAsked ? 'verdict on the cancellation' : 'request to stop',
      ...(wasAsked ? { from: warehouse, to: 'crossdock' } : { from: 'crossdock', to: warehouse }),
      ...(since === undefined ? {} : { since }),
      whatToDo: `Tell ${warehouse} to stop ${number}, and have it say so. If it has left, it comes back as a return.`,
    },
  };
};

/** A shipment that its warehouse reported and our books have not taken. */
export const isTaken = ({ document }: Handover, shipmentNumber: string): boolean =>
  (document?.shipments ?? []).some((shipment) => shipment.shipmentNumber === shipmentNumber);

const notTaken = (handover: Handover): readonly Contradiction[] =>
  handover.reported
    .filter(({ shipment, hearing }) => !isTaken(handover, shipment.shipmentNumber) && hearing.standing !== 'deferred')
    .map(({ shipment, hearing }) => {
      const lines = shipment.lines
        .filter(({ shipped }) => isPositive(shipped))
        .map(({ lineNumber, shipped, unit }) => `${shipped} ${unit} of line ${lineNumber}`);
      const because = hearing.because === undefined ? '' : ` (${hearing.because})`;
      return {
        property: 'state',
        says: `${hearing.system} says that shipment ${shipment.shipmentNumber} left with ${lines.join(', ') || 'nothing'}; our books have not taken it${because}.`,
        whatToDo: 'Find out with the warehouse what left; book by hand what did, and close the case.',
      };
    });

/** What warehouse and our books have different of one fulfilment. */
export function judgeWarehouses({ handovers }: Evidence): readonly Contradiction[] {
  return handovers.flatMap((handover) => [
    ...[overdueMessage(handover), refused(handover), stillThere(handover)].filter((each) => each !== undefined),
    ...notTaken(handover),
  ]);
}

/** How its warehouse stands to a fulfilment as a whole. */
export function warehouseStanding(handover: Handover): CellStanding {
  const isQuarrel = refused(handover) !== undefined || isStillThere(handover) || notTaken(handover).length > 0;
  if (isQuarrel) return 'differs';
  return handover.towardsWarehouse === 'settled' ? 'agrees' : standingOf[handover.towardsWarehouse];
}
