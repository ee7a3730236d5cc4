import { type EventType, type Unsettled, when } from '#platform/engine';

interface Named {
  readonly name: string;
  readonly refused: EventType<Unsettled>;
  readonly failed: EventType<Unsettled>;
}

/** The default for effects that did not succeed: the run stays where it is, the effect waits, and a person sees why and decides. */
export const caseForFailures = (effects: readonly Named[]) =>
  effects.flatMap((effect) => [
    when<Unsettled, unknown, never>(effect.refused, {
      park: true,
      open: (_, { fault }) => ({
        cause: `refused-${effect.name}`,
        summary: `${effect.name} was refused: ${fault.message}`,
      }),
    }),
    when<Unsettled, unknown, never>(effect.failed, {
      open: (_, { fault }) => ({
        cause: `failed-${effect.name}`,
        summary: `${effect.name} did not succeed (${fault.code}): ${fault.message}`,
      }),
    }),
  ]);
