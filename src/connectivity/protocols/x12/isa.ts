import { type Delimiters, delimiterDefect } from './delimiters.ts';
import type { Segment } from './interchange.ts';

/** An ISA found at the beginning of bytes. */
export interface IsaFound {
  readonly segment: Segment;
  readonly delimiters: Delimiters;
  /** Where the next segment begins. */
  readonly end: number;
}

/** `more`: the ISA is not whole yet. */
export type IsaReading = IsaFound | 'more' | { readonly defect: string };

const length = 106;
const separatorPlaces = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];
/** More than this without sixteen separators is no ISA, however tolerant. */
const longest = 400;

function cut(bytes: Buffer, start: number, end: number, delimiters: Delimiters): IsaReading {
  const defect = delimiterDefect(delimiters);
  if (defect !== undefined) return { defect };
  const elements = bytes.toString('utf8', start, end - 1).split(delimiters.element);
  return { segment: elements.map((element) => element.trim()), delimiters, end };
}

/** The only segment of fixed width: its own places say what the delimiters are. */
export function readExactIsa(bytes: Buffer, start: number): IsaReading {
  if (bytes.length - start < length) return 'more';
  const isa = bytes.toString('latin1', start, start + length);
  const element = isa.charAt(3);
  const off = separatorPlaces.find((place) => isa.charAt(place) !== element);
  if (off !== undefined) {
    return { defect: `no element separator at place ${off + 1} of the ISA, which is of fixed width` };
  }
  return cut(bytes, start, start + length, { element, component: isa.charAt(104), segment: isa.charAt(105) });
}

/** An ISA whose blanks were lost or changed: counts separators instead of places. */
export function readTolerantIsa(bytes: Buffer, start: number): IsaReading {
  const isa = bytes.toString('latin1', start, Math.min(bytes.length, start + longest));
  const unfinished = isa.length < longest ? 'more' : { defect: 'an ISA needs sixteen element separators' };
  const element = isa.charAt(3);
  let place = element === '' ? -1 : 3;
  for (let separators = 1; separators < 16 && place >= 0; separators += 1) place = isa.indexOf(element, place + 1);
  const segment = isa.charAt(place + 2);
  if (place < 0 || segment === '') return unfinished;
  return cut(bytes, start, start + place + 3, { element, component: isa.charAt(place + 1), segment });
}
