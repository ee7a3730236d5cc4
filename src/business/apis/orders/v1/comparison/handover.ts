import { type FulfilmentDocument, fulfilment, type OrderDocument } from '#business/flows';
import type { Shipment } from '#model/canonical';
import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import type { Asking, Hearing } from '../exchanges/order-exchange.ts';
import { runName } from '../narrative/run-journal.ts';
import type { OrderRun } from '../needs.ts';
import type { OrderRecord, RecordedRun } from '../record/order-record.ts';
import { overdueSince, type Progress, type Progressed, worst } from './progress.ts';
import { type Role, roleOf } from './role.ts';

/** A fulfilment, as our books have it and as its warehouse and the ERP have it. */
export interface Handover {
  readonly number: string;
  readonly round: number;
  readonly site: string;
  readonly recorded?: RecordedRun;
  readonly run?: OrderRun;
  readonly document?: FulfilmentDocument;
  readonly warehouse?: string;
  readonly release?: Asking;
  readonly cancellation?: Asking;
  readonly acknowledgements: readonly Hearing[];
  /** What its warehouse says has left; each shipment once. */
  readonly reported: readonly { readonly shipment: Shipment; readonly hearing: Hearing }[];
  /** Its warehouse says that it ships nothing. */
  readonly cancelled?: Hearing;
  readonly issues: readonly Asking[];
  readonly invoicings: readonly Asking[];
  /** Since when its present state takes too long. */
  readonly overdue?: string;
  /** What the ERP is being told of it. */
  readonly towardsErp: Progress;
  /** What the warehouse is being told of it, or has to say. */
  readonly towardsWarehouse: Progress;
}

/** The calls of an effect, oldest first; not those that undo it. */
export const named = (name: string, list: readonly Asking[]): readonly Asking[] =>
  list.filter((each) => each.name === name && !each.undoes);

const about = <Data>(name: string, list: readonly Hearing[]): readonly (Hearing & { readonly data: Data })[] =>
  list.filter((each) => each.name === name) as readonly (Hearing & { readonly data: Data })[];

/** States in which a fulfilment has more to tell the ERP than it has asked yet. */
const tellsErp: ReadonlySet<string> = new Set(['issuing', 'invoicing', 'withdrawing']);
/** States in which the warehouse has to say something. */
const awaitsWarehouse: ReadonlySet<string> = new Set(['releasing', 'unacknowledged', 'cancelling']);

function towards(
  kind: 'erp' | 'warehouse',
  found: Omit<Handover, 'towardsErp' | 'towardsWarehouse'>,
  calls: readonly Progress[],
): Progress {
  const { run, overdue } = found;
  if (run === undefined) return 'in-flight';
  const states = kind === 'erp' ? tellsErp : awaitsWarehouse;
  const isWaiting = states.has(run.state) || run.phase === 'unwinding';
  const isSilent = overdue !== undefined && (isWaiting || (kind === 'warehouse' && run.state === 'released'));
  return worst([...calls, isSilent ? 'silent' : isWaiting ? 'in-flight' : 'settled']);
}

/** Gathers what is known of one fulfilment. */
export function gatherHandover(
  known: OrderDocument['fulfilments'][number],
  record: OrderRecord,
  askings: readonly Asking[],
  hearings: readonly Hearing[],
  progress: Progressed,
): Handover {
  const { fulfilmentNumber: number, round, site } = known;
  const name = runName({ flow: fulfilment.name, key: number });
  const recorded = record.runs.find((each) => runName(each) === name);
  const asked = askings.filter(({ run }) => run === name);
  const heard = hearings.filter(({ run }) => run === name);
  const confirmed = about<{ readonly shipment: Shipment }>(ShipmentConfirmed.name, heard);
  const reported = new Map(
    confirmed
      .toReversed()
      .map((hearing) => [hearing.data.shipment.shipmentNumber, { shipment: hearing.data.shipment, hearing }]),
  );
  const release = named('release-to-warehouse', asked).at(-1);
  const cancellation = named('request-cancellation', asked).at(-1);
  const cancelled = about(FulfilmentCancelled.name, heard).at(-1);
  const overdue = overdueSince(recorded, record.asOf);
  const warehouse = release?.system ?? confirmed[0]?.system;
  const found = {
    ...{ number, round, site },
    ...(recorded === undefined ? {} : { recorded }),
    ...(recorded?.run === undefined
      ? {}
      : { run: recorded.run, document: recorded.run.document as FulfilmentDocument }),
    ...(warehouse === undefined ? {} : { warehouse }),
    ...(release === undefined ? {} : { release }),
    ...(cancellation === undefined ? {} : { cancellation }),
    acknowledgements: about(FulfilmentAcknowledged.name, heard),
    reported: [...reported.values()].toReversed(),
    ...(cancelled === undefined ? {} : { cancelled }),
    issues: named('issue-goods', asked),
    invoicings: named('post-invoice', asked),
    ...(overdue === undefined ? {} : { overdue }),
  };
  const calls = (role: Role): readonly Progress[] => asked.filter((each) => roleOf(each) === role).map(progress);
  return {
    ...found,
    towardsErp: towards('erp', found, calls('erp')),
    towardsWarehouse: towards('warehouse', found, calls('warehouse')),
  };
}
