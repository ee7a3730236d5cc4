import { crmNews, type NoticePreference, type Reacted, reactionSchemas, tellCustomers } from '#business/reactions';
import type { SubscriptionRequest } from '#platform/backbone';
import { type AddressedMessage, type Engine, messagesTaken } from '#platform/engine/runtime';
import type { Database } from '#platform/storage';

/** A fact as the backbone hands it over. */
export interface ToldFact {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: unknown;
}

type Reaction = (fact: ToldFact) => Reacted | undefined;

/** Every reaction there is. */
const allReactions = (preferenceOf: (customer: string) => NoticePreference | undefined): readonly Reaction[] => [
  crmNews,
  tellCustomers(preferenceOf),
];
/** Of all of them together; a dead letter names it. */
const version = '1';

interface ReactedTo extends Reacted {
  readonly fact: ToldFact;
}

/** One reaction to a fact and another to the same are messages to two runs. */
const reactedTo =
  (reactions: readonly Reaction[]) =>
  (fact: ToldFact): readonly ReactedTo[] =>
    reactions.flatMap((react) => {
      const found = react(fact);
      return found === undefined ? [] : [{ fact, ...found }];
    });

/** The message has the fact's own id, so being given a fact twice changes nothing. */
const messageOf = ({ fact, start, message }: ReactedTo): AddressedMessage => ({
  flow: start.flow,
  key: start.key,
  id: fact.id,
  source: fact.source,
  ...message,
});

/** Carries facts to the runs that react to them: starts a run that is not there and gives it the message. */
const reactTo =
  (engine: Pick<Engine, 'start' | 'deliver'>, reactions: readonly Reaction[]) =>
  async (facts: readonly ToldFact[]): Promise<void> => {
    const reacted = facts.flatMap(reactedTo(reactions));
    await Promise.all(reacted.map(({ fact, start }) => engine.start({ ...start, source: fact.source })));
    const messages = reacted.map(messageOf);
    if (messages.length > 0) await engine.deliver(messages);
  };

/** The reactions as a subscriber: going by the facts' ids, they may be told again and nobody outside hears of it twice. */
export function reactions(
  engine: Pick<Engine, 'start' | 'deliver'>,
  database: Database,
  preferenceOf: (customer: string) => NoticePreference | undefined = () => undefined,
): Pick<SubscriptionRequest, 'handle' | 'version' | 'repeats' | 'took' | 'schemas'> {
  const all = allReactions(preferenceOf);
  return {
    handle: reactTo(engine, all),
    version,
    repeats: 'by-id',
    schemas: reactionSchemas,
    took: async (facts) => {
      const messages = facts.map((fact) => reactedTo(all)(fact).map(messageOf));
      const taken = await messagesTaken(database, messages.flat());
      let next = 0;
      return messages.map((ofFact) => ofFact.map(() => taken[next++] === true).every(Boolean));
    },
  };
}
