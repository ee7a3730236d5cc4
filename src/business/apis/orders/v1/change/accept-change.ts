import type { Static } from 'typebox';
import type { WantedChange } from '#business/flows';
import type { Order } from '#model/canonical';
import { type Decimal, failed, isNegative, isZero, ok, type Result } from '#model/kernel';
import type { Failure } from '#platform/gateway';
import type { DoorCatalogue } from '../submission/context.ts';
import { dateFailures } from '../submission/dates.ts';
import { acceptLine } from '../submission/line.ts';
import { textFailures } from '../submission/texts.ts';
import type { SubmittedChange } from './submitted-change.ts';

type Submitted = Static<typeof SubmittedChange>;

interface Context {
  readonly catalogue: DoorCatalogue;
  readonly now: string;
  /** As it stands now. */
  readonly order: Order;
}

function quantityFailures({ lines = [] }: Submitted, { order, catalogue, now }: Context): readonly Failure[] {
  const seen = new Set<number>();
  return lines.flatMap(({ lineNumber, quantity }, index): readonly Failure[] => {
    const path = `/lines/${index}`;
    const line = order.lines.find((each) => each.lineNumber === lineNumber);
    if (line === undefined) {
      const message = `Order ${order.orderNumber} has no line ${lineNumber}. A new line stands under add.`;
      return [{ code: 'unknown-line', path: `${path}/lineNumber`, message }];
    }
    if (seen.has(lineNumber)) {
      return [
        { code: 'duplicate-line-number', path: `${path}/lineNumber`, message: `Line ${lineNumber} is named twice.` },
      ];
    }
    seen.add(lineNumber);
    if (isZero(quantity as Decimal)) return [];
    if (isNegative(quantity as Decimal)) {
      return [
        {
          code: 'not-positive',
          path: `${path}/quantity`,
          message: 'Give a quantity above zero, or 0 to cancel the line.',
        },
      ];
    }
    const { lineNumber: _, ...present } = line;
    const judged = acceptLine({ ...present, quantity: quantity as Decimal }, lineNumber, now.slice(0, 10), catalogue);
    return judged.ok ? [] : judged.failures.map((failure) => ({ ...failure, path: path + failure.path }));
  });
}

/** Completes a change to what the order's run is told, in stock units; or says everything that is wrong with it. */
export function acceptChange(change: Submitted, context: Context): Result<WantedChange, Failure> {
  const { catalogue, now, order } = context;
  const { requestedDate, shipTo, customerPurchaseOrder, lines, add } = change;
  const failures: Failure[] = [
    ...textFailures(change),
    ...dateFailures(requestedDate === undefined ? {} : { requestedDate }, now),
    ...quantityFailures(change, context),
  ];
  const added = (add ?? []).flatMap((line, index) => {
    const accepted = acceptLine(line, order.lines.length + index + 1, now.slice(0, 10), catalogue);
    if (!accepted.ok) {
      failures.push(...accepted.failures.map((failure) => ({ ...failure, path: `/add/${index}${failure.path}` })));
      return [];
    }
    const { lineNumber: _, ...rest } = accepted.value;
    return [rest];
  });
  const isEmpty = [requestedDate, shipTo, customerPurchaseOrder, lines, add].every((member) => member === undefined);
  if (isEmpty) {
    const message = 'Name what shall change: lines, add, requestedDate, shipTo or customerPurchaseOrder.';
    failures.push({ code: 'nothing-to-change', path: '', message });
  }
  if (failures.length > 0) return failed(failures);
  return ok({
    ...(lines === undefined
      ? {}
      : { lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity: quantity as Decimal })) }),
    ...(add === undefined ? {} : { add: added }),
    ...(requestedDate === undefined ? {} : { requestedDate }),
    ...(shipTo === undefined ? {} : { shipTo }),
    ...(customerPurchaseOrder === undefined ? {} : { customerPurchaseOrder }),
  });
}
