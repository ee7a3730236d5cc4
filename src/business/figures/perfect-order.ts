import { CancelRequested, orderFactTypes } from '#business/flows';
import { isZero } from '#model/kernel';
import type { Course } from '#platform/figures';
import { oneFigure } from '#platform/figures';
import { endedOrder, personsDeeds, personsMessages, reworkReasons, told } from './order-course.ts';

const lastOf = ({ facts }: Course, wanted: string) => facts.findLast(({ type }) => type === wanted);

/** Goods that were wanted and never left, or were cut from the order. */
const isIncomplete = (course: Course): boolean => {
  const last = lastOf(course, orderFactTypes.completed);
  const lines = last === undefined ? [] : (told(last.data).lines ?? []);
  return (
    last === undefined || lines.some(({ quantity, shipped, cancelled }) => quantity !== shipped || !isZero(cancelled))
  );
};

/** Its last goods were reported after the end of the day that the customer asked for. */
const isLate = (course: Course, endedAt: string): boolean => {
  const data = lastOf(course, orderFactTypes.completed)?.data;
  const day = data === undefined ? undefined : told(data).requestedDate;
  const left = lastOf(course, orderFactTypes.dispatched)?.at ?? endedAt;
  return day !== undefined && left > `${day}T23:59:59.999Z`;
};

const wasCalledOff = ({ entries }: Course): boolean =>
  entries.some(
    ({ entry }) =>
      entry.kind === 'received' && entry.message.type === CancelRequested.name && entry.verdict === 'applied',
  );

/** How many orders went as they should. */
export const perfectOrder = oneFigure({
  figure: 'perfect-order',
  version: 1,
  title: 'Perfect order',
  group: 'kpi',
  unit: 'share',
  better: 'higher',
  combines: 'mean',
  formula:
    'Of the orders that ended in the time asked for: the share of those that were completed with everything shipped that was ordered, whose last goods were reported no later than the end (UTC) of the day that the customer asked for, if one was asked for, for which no person had to decide anything, and that were not done over (see order rework). Orders that were cancelled because somebody asked for it do not count.',
  source:
    'Runs of order-to-cash; facts order.completed (quantities, requested day), order.dispatched, order.held and order.changed; cases and the acts about them; messages by which persons released holds.',
  reads: {
    facts: [orderFactTypes.completed, orderFactTypes.dispatched, orderFactTypes.held, orderFactTypes.changed],
    messages: [...personsMessages, CancelRequested.name],
  },
  samples: (course) => {
    const ended = endedOrder(course);
    if (ended === undefined) return [];
    const { run, endedAt } = ended;
    if (run.ending === 'cancelled' && wasCalledOff(course)) return [];
    const deeds = personsDeeds(course);
    const wrong = [
      ...(run.ending === 'completed' ? [] : [`ended ${run.ending}`]),
      ...(run.ending === 'completed' && isIncomplete(course) ? ['not complete'] : []),
      ...(isLate(course, endedAt) ? ['late'] : []),
      ...reworkReasons(course),
      ...deeds,
    ];
    return [
      { at: endedAt, value: wrong.length === 0 ? 1 : 0, ...(wrong.length === 0 ? {} : { note: wrong.join(', ') }) },
    ];
  },
});
