import { oneFigure } from '#platform/figures';
import { endedOrder, personsDeeds, personsMessages } from './order-course.ts';

/** How many orders in trouble got out of it by themselves. */
export const recoveredWithoutAPerson = oneFigure({
  figure: 'recovered-without-a-person',
  version: 1,
  title: 'Recovered without a person',
  group: 'kpi',
  unit: 'share',
  better: 'higher',
  combines: 'mean',
  formula:
    'Of the orders that ended in the time asked for and had a case, or an effect that a system refused or that was given up: the share of those that were completed without any decision of a person about a case or a hold. Calls that succeeded when they were sent again made no trouble and do not count.',
  source:
    'Runs of order-to-cash; failures in the journals; cases and the acts about them; messages by which persons released holds.',
  reads: { messages: personsMessages },
  samples: (course) => {
    const ended = endedOrder(course);
    const trouble = [
      ...course.cases.map(({ cause }) => cause),
      ...course.failures.map(({ effect, outcome }) => `${effect} ${outcome}`),
    ];
    if (ended === undefined || trouble.length === 0) return [];
    const deeds = personsDeeds(course);
    const byItself = ended.run.ending === 'completed' && deeds.length === 0;
    const note = [...new Set(trouble), ...deeds].join(', ');
    return [{ at: ended.endedAt, value: byItself ? 1 : 0, note }];
  },
});
