import type { FindingCode } from './finding.ts';
import type { ElementRule } from './set-rules.ts';

const minus = 0x2d;
const point = 0x2e;

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isDate = (text: string): boolean => {
  if (!/^[0-9]{8}$/.test(text)) return false;
  const number = Number(text);
  const [year, month, day] = [Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= (daysOfMonth[month - 1] ?? 0) + leap;
};
const isTime = (text: string): boolean => /^([01]\d|2[0-3])[0-5]\d([0-5]\d(\d{1,2})?)?$/.test(text);

/** Digits between `start` and `end`, or -1 when anything stands there that is no number; `points` may be 0 or 1. */
function digitsOf(bytes: Buffer, start: number, end: number, points: number): number {
  let digits = 0;
  let pointsLeft = points;
  for (let place = bytes[start] === minus ? start + 1 : start; place < end; place += 1) {
    const byte = bytes[place] as number;
    if (byte >= 0x30 && byte <= 0x39) digits += 1;
    else if (byte === point && pointsLeft > 0) pointsLeft -= 1;
    else return -1;
  }
  return digits === 0 ? -1 : digits;
}

/** Text of so many bytes is surely neither too long nor too short; counting its characters would cost more than all the rest. */
const surelyFits = (bytes: number, { min, max }: ElementRule): boolean =>
  bytes <= max && (min <= 1 || bytes >= 4 * min);

const lengthDefect = (length: number, rule: ElementRule): FindingCode | undefined => {
  if (length > rule.max) return 'element-too-long';
  return length < rule.min ? 'element-too-short' : undefined;
};

/** Characters of UTF-8: every byte that does not continue one. */
function charactersOf(bytes: Buffer, start: number, end: number): number {
  let characters = 0;
  for (let place = start; place < end; place += 1) if (((bytes[place] as number) & 0xc0) !== 0x80) characters += 1;
  return characters;
}

/** What is wrong with the element from `start` to `end`; it makes no garbage when nothing is. */
export function elementDefect(bytes: Buffer, start: number, end: number, rule: ElementRule): FindingCode | undefined {
  if (end <= start) return rule.required ? 'element-missing' : undefined;
  const { kind } = rule;
  if (kind === 'AN' || kind === 'ID') {
    if (surelyFits(end - start, rule)) return undefined;
    return lengthDefect(charactersOf(bytes, start, end), rule);
  }
  if (kind === 'R' || kind === 'N0') {
    const digits = digitsOf(bytes, start, end, kind === 'R' ? 1 : 0);
    return digits < 0 ? 'element-bad-character' : lengthDefect(digits, rule);
  }
  const wrongLength = lengthDefect(end - start, rule);
  if (wrongLength !== undefined) return wrongLength;
  const value = bytes.toString('latin1', start, end);
  if (kind === 'DT') return isDate(value) ? undefined : 'element-bad-date';
  return isTime(value) ? undefined : 'element-bad-time';
}

/** The defect as the end of a sentence that begins with the element's name. */
export function complaint(code: FindingCode, rule: ElementRule): string {
  switch (code) {
    case 'element-missing':
      return 'is missing';
    case 'element-too-long':
      return `is too long: at most ${rule.max} characters fit`;
    case 'element-too-short':
      return `is too short: at least ${rule.min} characters are needed`;
    case 'element-bad-date':
      return 'is no date as CCYYMMDD';
    case 'element-bad-time':
      return 'is no time as HHMM or HHMMSS';
    default:
      return rule.kind === 'N0' ? 'is no whole number' : 'is no decimal number';
  }
}
