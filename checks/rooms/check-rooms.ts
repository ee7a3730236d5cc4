import { arrowFindings } from './arrows.ts';
import { cycleFindings } from './cycles.ts';
import type { Finding, Source } from './finding.ts';
import { lengthFindings } from './length.ts';
import { parse } from './parsed.ts';
import { purityFindings } from './purity.ts';
import { vendorFindings } from './vendor-words.ts';

/** Everything in the tree that breaks a rule of the rooms. */
export function checkRooms(sources: readonly Source[]): readonly Finding[] {
  const files = sources.map(parse);
  return [
    ...files.flatMap(({ broken }) => (broken === undefined ? [] : [broken])),
    ...arrowFindings(files),
    ...cycleFindings(files),
    ...purityFindings(files),
    ...vendorFindings(sources),
    ...lengthFindings(sources),
  ];
}
