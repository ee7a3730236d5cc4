import {
  fulfilment,
  HoldReleased,
  type OrderFactData,
  orderFactTypes,
  orderToCash,
  ReleaseAgain,
  ReleasedByHand,
} from '#business/flows';
import type { Course, CourseCase, CourseRun } from '#platform/figures';

/** The order's own run; absent where the course is of something else. */
export const orderRun = ({ runs }: Course): CourseRun | undefined => runs.find(({ flow }) => flow === orderToCash.name);

/** The order's run when it is over, with the moment. */
export function endedOrder(course: Course): { readonly run: CourseRun; readonly endedAt: string } | undefined {
  const run = orderRun(course);
  return run?.endedAt === undefined ? undefined : { run, endedAt: run.endedAt };
}

export const fulfilmentRuns = ({ runs }: Course): readonly CourseRun[] =>
  runs.filter(({ flow }) => flow === fulfilment.name);

/** Messages by which a person takes an order on. */
export const personsMessages: readonly string[] = [HoldReleased.name, ReleaseAgain.name, ReleasedByHand.name];

const arranging: ReadonlySet<string> = new Set(['assign', 'escalate', 'note']);

/** Somebody decided about it; to note, assign or escalate is no decision. */
export const wasDecided = ({ acts }: CourseCase): boolean =>
  acts.some(({ action, ignored }) => ignored === undefined && !arranging.has(action));

/** What persons did to take the order on, in words; empty when it went by itself. */
export function personsDeeds({ cases, entries }: Course): readonly string[] {
  const decisions = cases.filter(wasDecided).map(({ cause }) => `decided about ${cause}`);
  const messages = entries.flatMap(({ entry }) =>
    entry.kind === 'received' && entry.verdict === 'applied' && personsMessages.includes(entry.message.type)
      ? [entry.message.type]
      : [],
  );
  return [...new Set([...decisions, ...messages])];
}

/** Effects whose refusal is a refused booking. */
const bookingEffect = 'book-in-erp';

const wasEdited = ({ acts }: CourseCase): boolean =>
  acts.some(({ action, ignored }) => action === 'edit-and-retry' && ignored === undefined);

/** Why the order had to be done over, in words; empty when it had not. */
export function reworkReasons(course: Course): readonly string[] {
  const { facts, failures, cases } = course;
  const wasHeld =
    facts.some(({ type }) => type === orderFactTypes.held) ||
    cases.some(({ cause }) => cause.startsWith('hold-') || cause === 'order-held');
  return [
    ...(wasHeld ? ['held'] : []),
    ...(facts.some(({ type }) => type === orderFactTypes.changed) ? ['changed'] : []),
    ...(failures.some(({ effect, outcome }) => effect === bookingEffect && outcome === 'refused')
      ? ['booking refused']
      : []),
    ...(cases.some(wasEdited) ? ['edited and retried'] : []),
  ];
}

/** What a fact of an order says. */
export const told = (data: unknown): OrderFactData => data as OrderFactData;
