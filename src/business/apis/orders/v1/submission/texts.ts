import { type Failure, pointerPart } from '#platform/gateway';

const deepest = 8;

/**
 * Texts that cannot be stored as they are: with a NUL, or with half a character (a lone surrogate). The API refuses them before
 * they come here; a file or another system's answer may bring them.
 */
export function textFailures(value: unknown, path = '', depth = 0): readonly Failure[] {
  if (typeof value === 'string') {
    if (!value.includes('\0') && value.isWellFormed()) return [];
    const message = 'There is a NUL or half a character in this text: remove it.';
    return [{ code: 'forbidden-character', path, message }];
  }
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    textFailures(member, `${path}/${pointerPart(name)}`, depth + 1),
  );
}
