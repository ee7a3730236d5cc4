import type { Stored } from './row.ts';

/** SQL's `LIKE`: `%` any text, `_` any character, a backslash takes their meaning away. */
export function like(pattern: string, ignoreCase: boolean): (value: Stored) => boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    let character = pattern.charAt(at);
    const escaped = character === '\\' && at + 1 < pattern.length;
    if (escaped) {
      at += 1;
      character = pattern.charAt(at);
    }
    if (!escaped && character === '%') source += '.*';
    else if (!escaped && character === '_') source += '.';
    else source += character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  }
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (value) => value !== null && expression.test(String(value));
}
