import { crmNews, type Reacted } from '#business/reactions';
import type { AddressedMessage, Engine } from '#platform/engine/runtime';

/** A fact as the backbone hands it over. */
export interface ToldFact {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: unknown;
}

/** Every reaction there is. */
const reactions: readonly ((fact: ToldFact) => Reacted | undefined)[] = [crmNews];

/**
 * Carries facts to the runs that react to them: starts a run that is not there and gives it the message. The message has the
 * fact's own id, so being given a fact twice changes nothing.
 */
export const reactTo =
  (engine: Engine) =>
  async (facts: readonly ToldFact[]): Promise<void> => {
    const reacted = facts.flatMap((fact) =>
      reactions.flatMap((react) => {
        const found = react(fact);
        return found === undefined ? [] : [{ fact, ...found }];
      }),
    );
    await Promise.all(reacted.map(({ fact, start }) => engine.start({ ...start, source: fact.source })));
    const messages = reacted.map(
      ({ fact, start, message }): AddressedMessage => ({
        flow: start.flow,
        key: start.key,
        id: fact.id,
        source: fact.source,
        ...message,
      }),
    );
    if (messages.length > 0) await engine.deliver(messages);
  };
