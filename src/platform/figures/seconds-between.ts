import { type Instant, millisecondsBetween } from '#model/kernel';

/** How long it took, in seconds; nothing when the later clock was behind the earlier. */
export const secondsBetween = (from: Instant, to: Instant): number =>
  Math.max(0, millisecondsBetween(from, to)) / 1_000;
