const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three characters that make a case-sensitive id of 15 safe where case is lost: one for each five characters. */
function suffixOf(id: string): string {
  let suffix = '';
  for (let group = 0; group < 3; group += 1) {
    let bits = 0;
    for (let place = 0; place < 5; place += 1) {
      const character = id.charAt(group * 5 + place);
      if (character >= 'A' && character <= 'Z') bits |= 1 << place;
    }
    suffix += alphabet.charAt(bits);
  }
  return suffix;
}

/** An id of 18 characters for the `count`th record of the object with this key prefix. */
export function recordId(keyPrefix: string, count: number): string {
  const short = `${keyPrefix}Cd${String(count).padStart(10, '0')}`;
  return `${short}${suffixOf(short)}`;
}

/** Ids come with 15 or 18 characters; records are kept under 18. */
export const longId = (id: string): string => (id.length === 15 ? `${id}${suffixOf(id)}` : id);
