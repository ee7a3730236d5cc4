import { Type } from 'typebox';
import { defineFlow } from '../../define-flow.ts';
import { minutes } from '../../duration.ts';
import { defineEffect, nothingToUndo, type Priority, perVisit, sendAgain } from '../../effect.ts';
import { deadline, defineEvent } from '../../event.ts';
import { type Flow, when } from '../../flow.ts';
import { hastily, Target } from './errand.ts';
import type { TargetVerbs } from './fake-target.ts';

interface JobDoc {
  readonly given: { readonly what: string };
}

/** Does one thing, with some urgency. */
export function job(priority: Priority): Flow<{ doing: JobDoc; done: JobDoc }, { readonly what: string }, null> {
  const act = defineEffect<JobDoc, TargetVerbs, { readonly what: string }, { readonly reference: string }>({
    name: 'act',
    uses: Target,
    verb: 'act',
    occurs: perVisit,
    ask: ({ given }) => given,
    do: (target, request, call) => target.act(request, call),
    ifUnsure: sendAgain,
    undo: nothingToUndo,
    retry: hastily,
    priority,
  });
  return defineFlow<{ doing: JobDoc; done: JobDoc }>()({
    name: `job-${priority}`,
    version: 1,
    start: 'doing',
    begin: (given: { readonly what: string }) => ({ given }),
    states: {
      doing: {
        means: 'It is being done.',
        run: [act],
        within: minutes(5),
        on: [
          when(act.done, { to: 'done' }),
          when(act.refused, { to: 'done' }),
          when(act.failed, { to: 'done' }),
          when(deadline, { apply: (doc: JobDoc) => doc }),
        ],
      },
      done: { means: 'It is done.', ends: 'completed' },
    },
    result: () => null,
  });
}

interface NewsDoc {
  readonly given: { readonly what: string };
  readonly told: number;
}
const Changed = defineEvent('news.changed', Type.Object({}));
const Closed = defineEvent('news.closed', Type.Object({}));

const tell = defineEffect<NewsDoc, TargetVerbs, { readonly what: string }, { readonly reference: string }>({
  name: 'tell',
  uses: Target,
  verb: 'act',
  occurs: perVisit,
  ask: ({ told }) => ({ what: `news ${told}` }),
  do: (target, request, call) => target.act(request, call),
  ifUnsure: sendAgain,
  undo: nothingToUndo,
  retry: hastily,
  mayOutlive: true,
  latestWins: true,
});

/** Tells the newest state of things; what was not told yet need not be told any more. */
export const news = defineFlow<{ telling: NewsDoc; over: NewsDoc }>()({
  name: 'news',
  version: 1,
  start: 'telling',
  begin: (given: { readonly what: string }) => ({ given, told: 0 }),
  states: {
    telling: {
      means: 'It tells.',
      run: [tell],
      within: minutes(5),
      on: [
        when(Changed, { to: 'telling', apply: (doc: NewsDoc) => ({ ...doc, told: doc.told + 1 }) }),
        when(Closed, { to: 'over', apply: (doc: NewsDoc) => doc }),
        when(tell.done, { apply: (doc: NewsDoc) => doc }),
        when(tell.refused, { apply: (doc: NewsDoc) => doc }),
        when(tell.failed, { apply: (doc: NewsDoc) => doc }),
        when(deadline, { apply: (doc: NewsDoc) => doc }),
      ],
    },
    over: { means: 'There is nothing more to tell.', ends: 'completed' },
  },
  ignore: [{ event: { name: 'tell.withdrawn' }, because: 'newer news say all that the older would have said' }],
  result: () => null,
});
