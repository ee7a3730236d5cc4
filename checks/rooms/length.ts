import { longestFile, longestTest } from '../../rooms.ts';
import type { Finding, Source } from './finding.ts';

const linesOf = ({ text }: Source): number => text.trimEnd().split('\n').length;

/** Files that have become a wall. */
export function lengthFindings(sources: readonly Source[]): readonly Finding[] {
  return sources.flatMap((source) => {
    const lines = linesOf(source);
    const most = source.file.endsWith('.test.ts') ? longestTest : longestFile;
    if (lines <= most) return [];
    const message = `has ${lines} lines, more than ${most}; one idea per file: take one out`;
    return [{ file: source.file, line: most + 1, message }];
  });
}

export interface LengthReport {
  readonly files: number;
  readonly median: number;
  /** The longest, longest first. */
  readonly longest: readonly { readonly file: string; readonly lines: number }[];
}

/** How long the files are; tests apart, which may tell long stories. */
export function lengthReport(sources: readonly Source[]): LengthReport {
  const counted = sources
    .filter(({ file }) => !file.endsWith('.test.ts'))
    .map((source) => ({ file: source.file, lines: linesOf(source) }))
    .sort((a, b) => b.lines - a.lines);
  const median = counted[Math.floor(counted.length / 2)]?.lines ?? 0;
  return { files: counted.length, median, longest: counted.slice(0, 5) };
}
