import { type Action, type ActWords, arranging, deciding, wordsOf } from './act-words.ts';
import type { CaseView } from './question.ts';

interface OfferedAct {
  readonly action: Action;
  readonly words: ActWords;
  /** Why not; absent: it may be done. */
  readonly because?: string;
}

/** The acts of a case that the console has words for: what decides before what arranges, each with why not. */
export const actsOf = (actions: CaseView['actions'], scopes: readonly string[]): readonly OfferedAct[] =>
  [...deciding, ...arranging].flatMap((name) => {
    const found = actions.find(({ action }) => action === name);
    const words = wordsOf(name);
    if (found === undefined || words === undefined) return [];
    const { action, allowed, because } = found;
    if (!scopes.includes(words.scope)) return [{ action, words, because: `It wants the scope ${words.scope}.` }];
    return [{ action, words, ...(allowed ? {} : { because: because ?? 'It does not fit this case.' }) }];
  });

/** Which of them stands out: the first that goes on with the work. Never one that gives up or only closes. */
export const firstOf = (offered: readonly OfferedAct[]): Action | undefined =>
  offered.find(({ action, words }) => deciding.includes(action) && action !== 'close' && words.isDanger !== true)
    ?.action;
