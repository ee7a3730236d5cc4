/** The text of a file's bytes, with what had to be decided about them. */
export interface Decoded {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Reads UTF-8, with or without a byte-order mark. What is not UTF-8 is read as Windows-1252 (Latin-1 and its neighbours), as
 * old exports are, and noted. Undefined for UTF-16, which has to be saved again.
 */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return undefined;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      notes: ['the file is not UTF-8 and was read as Windows-1252 (Latin-1)'],
    };
  }
}
