import { nameNumber } from './segment-bytes.ts';

/** X12's kinds of element: text, code, whole number, decimal, `CCYYMMDD`, `HHMM[SS[DD]]`. */
export type ElementKind = 'AN' | 'ID' | 'N0' | 'R' | 'DT' | 'TM';

/** What one element must look like. Minus and point do not count towards the length of a number. */
export interface ElementRule {
  readonly required: boolean;
  readonly kind: ElementKind;
  readonly min: number;
  readonly max: number;
}

/** What one kind of segment must look like. */
export interface SegmentRule {
  readonly name: string;
  readonly elements: readonly ElementRule[];
  /** Three numbers for each element: `[least, most, absent]`, see `surelyFits`. */
  readonly bounds: Int32Array;
  /** One bit for each segment that must be there; 0 for the others. */
  readonly bit: number;
}

/** What a kind of set must look like, as far as its reader relies on it. */
export interface SetRules {
  readonly identifier: string;
  /** By `nameNumber` of the segment. */
  readonly segments: ReadonlyMap<number, SegmentRule>;
  /** At most 30. */
  readonly required: readonly string[];
}

const notation = /^([MO]) (AN|ID|N0|R|DT|TM) (\d+)\/(\d+)$/;

function elementRule(text: string): ElementRule {
  const [, use, kind, min, max] = notation.exec(text) ?? [];
  if (kind === undefined) throw new RangeError(`not an element rule: ${text}; write it as "M AN 1/22"`);
  return { required: use === 'M', kind: kind as ElementKind, min: Number(min), max: Number(max) };
}

/** Nothing surely fits a number or a date: those are looked at closely. */
const never = 1 << 30;

function boundsOf(elements: readonly ElementRule[]): Int32Array {
  return Int32Array.from(
    elements.flatMap(({ kind, min, max, required }) => [
      kind === 'AN' || kind === 'ID' ? Math.max(1, min) : never,
      max,
      required ? 0 : 1,
    ]),
  );
}

/**
 * Whether an element of so many bytes of ASCII is good without a closer look. It is asked for every element of every set, so it does
 * nothing but compare three numbers.
 */
export const surelyFits = (bounds: Int32Array, index: number, length: number): boolean =>
  length === 0
    ? bounds[3 * index + 2] === 1
    : length >= (bounds[3 * index] as number) && length <= (bounds[3 * index + 1] as number);

/**
 * Declares the rules of a set in X12's own notation: `M` or `O`, kind, least and most characters. Segments and elements that are
 * not named are not looked at.
 *
 *     const rules = defineSetRules('945', ['W06'], { W06: ['M ID 1/2', 'O AN 1/22'] });
 */
export function defineSetRules(
  identifier: string,
  required: readonly string[],
  segments: Readonly<Record<string, readonly string[]>>,
): SetRules {
  const names = new Set([...required, ...Object.keys(segments)]);
  const rules = [...names].map((name): readonly [number, SegmentRule] => {
    const place = required.indexOf(name);
    const elements = (segments[name] ?? []).map(elementRule);
    const bit = place < 0 ? 0 : 1 << place;
    return [nameNumber(name), { name, elements, bounds: boundsOf(elements), bit }];
  });
  return { identifier, required, segments: new Map(rules) };
}
