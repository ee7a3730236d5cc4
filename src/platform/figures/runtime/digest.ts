/** Values in ascending order, each once, with how often it occurs. */
export interface Digest {
  readonly values: Float64Array;
  readonly counts: Uint32Array;
}

/** With more different values than this, each is rounded to three significant digits: to within half a percent. */
export const mostExactValues = 1_000;

/** What is said of every median and percentile that is worked out from digests. */
export const howExact = `It is the value that at least half of them do not exceed, and exact to the millisecond while no day or month has more than ${mostExactValues.toLocaleString('en')} different values; where one has more, its values are rounded to three significant digits, so that medians and percentiles are right to within 0.5 %.`;

const thousandths = (value: number): number => Math.round(value * 1_000);

const coarse = (value: number): number => Number(value.toPrecision(3));

/** Of values in ascending order, each with how often it occurs there. */
function gather(sorted: Float64Array, countAt: (index: number) => number): Digest {
  const values = new Float64Array(sorted.length);
  const counts = new Uint32Array(sorted.length);
  let last = -1;
  for (let index = 0; index < sorted.length; index += 1) {
    const value = sorted[index] ?? 0;
    if (last < 0 || values[last] !== value) {
      last += 1;
      values[last] = value;
    }
    counts[last] = (counts[last] ?? 0) + countAt(index);
  }
  return { values: values.slice(0, last + 1), counts: counts.slice(0, last + 1) };
}

const smallEnough = (digest: Digest): Digest =>
  digest.values.length > mostExactValues
    ? gather(digest.values.map(coarse), (index) => digest.counts[index] ?? 0)
    : digest;

/** Joins digests to one. */
export function mergeDigests(digests: readonly Digest[]): Digest {
  const counts = new Map<number, number>();
  for (const digest of digests) {
    for (let index = 0; index < digest.values.length; index += 1) {
      const value = digest.values[index] ?? 0;
      counts.set(value, (counts.get(value) ?? 0) + (digest.counts[index] ?? 0));
    }
  }
  const values = Float64Array.from(counts.keys()).sort();
  return smallEnough({ values, counts: Uint32Array.from(values, (value) => counts.get(value) ?? 0) });
}

/** Gathers values, in seconds (or whatever they count), to the thousandth. */
export function gatherDigest(values: Iterable<number>): Digest {
  const sorted = Float64Array.from(values, (value) => thousandths(value) / 1_000).sort();
  return smallEnough(gather(sorted, () => 1));
}

function pushNumber(bytes: number[], number: number): void {
  let rest = number;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** As bytes: for each value its distance to the one before in thousandths, and its count, seven bits to a byte. */
export function writeDigest({ values, counts }: Digest): Buffer {
  const bytes: number[] = [];
  let before = 0;
  values.forEach((value, index) => {
    const at = thousandths(value);
    pushNumber(bytes, at - before);
    pushNumber(bytes, counts[index] ?? 0);
    before = at;
  });
  return Buffer.from(bytes);
}

/** What `writeDigest` wrote. */
export function readDigest(bytes: Uint8Array): Digest {
  let numbers = 0;
  for (const byte of bytes) if (byte < 128) numbers += 1;
  const values = new Float64Array(numbers / 2);
  const counts = new Uint32Array(numbers / 2);
  let at = 0;
  let place = 0;
  const next = (): number => {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[place] ?? 0;
      place += 1;
      if (byte < 128) return number + byte * scale;
      number += (byte - 128) * scale;
    }
  };
  for (let index = 0; index < values.length; index += 1) {
    at += next();
    values[index] = at / 1_000;
    counts[index] = next();
  }
  return { values, counts };
}
