import type { FlowPicture } from '../answers.ts';

/** What the pictures of an order and its fulfilments say of the present. */
export interface Now {
  /** Since when the order is where it is. */
  readonly since: string | undefined;
  /** Fulfilments that are under way, and where each is. */
  readonly within: readonly { readonly key: string; readonly means: string }[];
  readonly waitsFor: readonly string[];
  /** The nearest first. */
  readonly deadlines: readonly { readonly key: string; readonly at: string; readonly consequence: string }[];
}

export function nowOf(pictures: readonly FlowPicture[], orderNumber: string): Now {
  const open = pictures.filter(({ phase }) => phase !== 'ended');
  const isOwn = ({ key }: FlowPicture): boolean => key === orderNumber;
  const fulfilments = open.filter((picture) => !isOwn(picture));
  // While fulfilments are under way, what they wait for says more than that the order waits for them.
  const telling = fulfilments.some(({ waitsFor }) => waitsFor.length > 0) ? fulfilments : open;
  return {
    since: pictures.find(isOwn)?.enteredAt,
    within: fulfilments.map(({ key, state, states }) => ({
      key,
      means: states.find(({ name }) => name === state)?.means ?? state,
    })),
    waitsFor: [...new Set(telling.flatMap(({ waitsFor }) => waitsFor))],
    deadlines: open
      .flatMap(({ key, deadline }) => (deadline === undefined ? [] : [{ key, ...deadline }]))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  };
}
