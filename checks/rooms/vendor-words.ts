import { vendorFreeRooms, vendorWords } from '../../rooms.ts';
import type { Finding, Source } from './finding.ts';

const pattern = new RegExp(vendorWords.join('|'), 'i');

/** Vendors and their formats named where the code must do without them; comments and tests too. */
export function vendorFindings(sources: readonly Source[]): readonly Finding[] {
  return sources
    .filter(({ file }) => vendorFreeRooms.some((room) => file.startsWith(room)))
    .flatMap(({ file, text }) =>
      text.split('\n').flatMap((content, index) => {
        const word = pattern.exec(content)?.[0];
        const message = `says "${word}": vendors are named in src/connectivity only; say it in the words of the trade`;
        return word === undefined ? [] : [{ file, line: index + 1, message }];
      }),
    );
}
