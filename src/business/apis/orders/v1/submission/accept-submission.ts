import type { Order, OrderLine } from '#model/canonical';
import { failed, ok, type Result } from '#model/kernel';
import { OrderSubmission } from '#model/messages';
import { compileSchema, type Failure } from '#platform/gateway';
import type { DoorCatalogue, Submission, SubmissionContext } from './context.ts';
import { dateFailures, inFull, isRealDay } from './dates.ts';
import { acceptLine } from './line.ts';
import { type ReadableParts, readableParts } from './readable-parts.ts';
import { textFailures } from './texts.ts';

const submissionCheck = compileSchema(OrderSubmission);

interface Judgement {
  readonly failures: readonly Failure[];
  readonly lines: readonly OrderLine[];
}

function customerFailures({ customer, currency }: ReadableParts, catalogue: DoorCatalogue): readonly Failure[] {
  if (customer === undefined) return [];
  const known = catalogue.customer(customer);
  if (known === undefined) {
    const message = `There is no customer ${customer}. Correct the number, or have the customer created first.`;
    return [{ code: 'unknown-customer', path: '/customer', message }];
  }
  if (currency === undefined || currency === known.currency) return [];
  const message = `Customer ${customer} is billed in ${known.currency}, not ${currency}.`;
  return [{ code: 'currency-mismatch', path: '/currency', message }];
}

/** Judges whatever can be read. Failures of form are not told here. */
function judge(parts: ReadableParts, now: string, catalogue: DoorCatalogue): Judgement {
  const orderedOn = (parts.orderedAt ?? now).slice(0, 10);
  const day = isRealDay(orderedOn) ? orderedOn : now.slice(0, 10);
  const failures = [...customerFailures(parts, catalogue), ...dateFailures(parts, now)];
  const lines: OrderLine[] = [];
  const taken = new Map<number, number>();
  for (const [index, line] of parts.lines.entries()) {
    const lineNumber = line?.lineNumber ?? index + 1;
    const first = taken.get(lineNumber);
    if (first === undefined) taken.set(lineNumber, index);
    else {
      const message = `Line number ${lineNumber} is taken by the line at ${first}. Number all lines, or none.`;
      failures.push({ code: 'duplicate-line-number', path: `/lines/${index}/lineNumber`, message });
    }
    if (line === undefined) continue;
    const accepted = acceptLine(line, lineNumber, day, catalogue);
    if (accepted.ok) lines.push(accepted.value);
    else failures.push(...accepted.failures.map((failure) => ({ ...failure, path: `/lines/${index}${failure.path}` })));
  }
  return { failures, lines };
}

/** What the trade finds wrong with a submission whose form is wrong already, so that its sender learns all at once. */
export const tradeFailures = (submission: unknown, now: string, catalogue: DoorCatalogue): readonly Failure[] =>
  judge(readableParts(submission), now, catalogue).failures;

/**
 * Completes a submission from any channel to a canonical Order, in the items' stock units; or says everything that is wrong
 * with it: form, customer, currency, dates, quantities, prices, units. Pure: the catalogue and the time come in. Whether the
 * order can be fulfilled is not decided here.
 */
export function acceptSubmission(submission: unknown, context: SubmissionContext): Result<Order, Failure> {
  if (!submissionCheck.accepts(submission)) {
    const malformed = submissionCheck.failures(submission);
    const all = [
      ...malformed,
      ...textFailures(submission),
      ...tradeFailures(submission, context.now, context.catalogue),
    ];
    return failed(all.filter(({ path }, index) => all.findIndex((each) => each.path === path) === index));
  }
  const judged = judge(submission, context.now, context.catalogue);
  const failures = [...textFailures(submission), ...judged.failures];
  return failures.length > 0 ? failed(failures) : ok(complete(submission, judged.lines, context));
}

function complete(submission: Submission, lines: readonly OrderLine[], context: SubmissionContext): Order {
  const { customerPurchaseOrder, requestedDate, shipTo, sourceReference } = submission;
  return {
    orderNumber: context.orderNumber,
    customer: submission.customer,
    ...(customerPurchaseOrder === undefined ? {} : { customerPurchaseOrder }),
    channel: context.channel,
    source: context.source,
    ...(sourceReference === undefined ? {} : { sourceReference }),
    currency: submission.currency,
    orderedAt: inFull(submission.orderedAt ?? context.now),
    ...(requestedDate === undefined ? {} : { requestedDate }),
    shippingPolicy: submission.shippingPolicy ?? 'ship-partial',
    ...(shipTo === undefined ? {} : { shipTo }),
    lines: [...lines],
  };
}
