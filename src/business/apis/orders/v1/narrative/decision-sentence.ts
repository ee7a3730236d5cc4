/** What each decision of a person did, as one would tell it. `{}`: what it is about. */
const deeds: Readonly<Record<string, string>> = {
  'decide.retry': 'retried {}',
  'decide.retry-edited': 'retried {} with another request',
  'decide.answer': 'said by hand what came of {}',
  'decide.not-done': 'found out that {} was not done',
  'decide.skip': 'went on without {}',
  'decide.compensate': 'gave it up: what was done is undone',
  'decide.close': 'closed the case {}',
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The effect's name out of its key: `order-to-cash:100001:book-in-erp:1.1-NORTH`. */
function effectOf(key: string): string {
  const [, , name = key, ...occurrence] = key.split(':');
  const which = occurrence.join(':');
  return `${name.replaceAll('-', ' ')}${which === '' || which === 'once' ? '' : ` (${which})`}`;
}

/** A person's decision as a sentence; undefined when it is none. */
export function decisionSentence(type: string, who: string, data: unknown): string | undefined {
  const deed = deeds[type];
  if (deed === undefined) return undefined;
  const { effect, cause, reason } = (data ?? {}) as Readonly<Record<string, unknown>>;
  const about = text(effect) === '' ? `"${text(cause)}"` : effectOf(text(effect));
  const why = text(reason);
  return `${who} ${deed.replace('{}', about)}${why === '' ? '' : `, because: ${why}`}.`;
}
