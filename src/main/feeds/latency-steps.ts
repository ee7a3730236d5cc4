/** Latencies are counted in steps, each a quarter longer than the one before: from ten milliseconds to more than a week. */
const firstMs = 10;
const growth = 1.25;
export const stepCount = 84;

/** A step for each latency: the first one that is not shorter. */
export const stepOf = (latencyMs: number): number =>
  latencyMs <= firstMs
    ? 0
    : Math.min(stepCount - 1, Math.ceil(Math.log(latencyMs / firstMs) / Math.log(growth) - 1e-9));

const middleOf = (step: number): number => (step === 0 ? firstMs / 2 : firstMs * growth ** (step - 0.5));

export const noLatencies = (): number[] => new Array<number>(stepCount).fill(0);

/** The latency that a share of the messages did not pass, ms, to an eighth; undefined without messages. */
export function quantileOf(counts: readonly number[], share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let passed = 0;
  const step = counts.findIndex((count) => {
    passed += count;
    return passed >= total * share;
  });
  return middleOf(step);
}
