import type { Line } from './x12.ts';

/** How the file of a document may go wrong. All but the last come right by themselves. */
export const fileMishaps = [
  /** Half of it stands under its name, and the whole a while later. */
  'half-written',
  /** It grows under its name in small pieces, under whoever reads it. */
  'growing',
  /** The same content comes again under two other names, one at once and one later. */
  'repeated',
  /** It is given one name after the other while it waits to be read. */
  'renamed',
  /** Half of it stands under its name for good. */
  'never-finished',
] as const;

/** How its envelope may go wrong. */
export const envelopeMishaps = [
  'wrong-set-count',
  'wrong-group-count',
  'wrong-interchange-count',
  'no-set-trailer',
  'no-group-trailer',
  'no-interchange-trailer',
  /** The interchange has the control numbers of the one before it. */
  'repeated-control-number',
] as const;

export type FileMishap = (typeof fileMishaps)[number];
export type EnvelopeMishap = (typeof envelopeMishaps)[number];
export type Mishap = FileMishap | EnvelopeMishap;

/** The warehouse sends what had one of these again, as it should be, when it is told to. */
export const isForGood = (mishap: Mishap): boolean => mishap === 'never-finished' || mishap in spoilers;

const counted =
  (trailer: string) =>
  (line: Line): readonly Line[] =>
    line[0] === trailer ? [[trailer, String(Number(line[1]) + 1), ...line.slice(2)]] : [line];
const without =
  (trailer: string) =>
  (line: Line): readonly Line[] =>
    line[0] === trailer ? [] : [line];

const spoilers: Partial<Record<EnvelopeMishap, (line: Line) => readonly Line[]>> = {
  'wrong-set-count': counted('SE'),
  'wrong-group-count': counted('GE'),
  'wrong-interchange-count': counted('IEA'),
  'no-set-trailer': without('SE'),
  'no-group-trailer': without('GE'),
  'no-interchange-trailer': without('IEA'),
};

/** The lines of a set, or of a whole interchange, with what goes wrong in them. */
export const spoilt = (lines: readonly Line[], mishaps: readonly Mishap[]): readonly Line[] =>
  mishaps.reduce<readonly Line[]>((left, mishap) => {
    const spoil = spoilers[mishap as EnvelopeMishap];
    return spoil === undefined ? left : left.flatMap(spoil);
  }, lines);
