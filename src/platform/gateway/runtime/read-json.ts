import { type Failure, pointerPart } from '../failure.ts';
import { refuse } from './problem.ts';

/** Deeper than anything that an API of ours asks for, and shallow enough to walk. */
export const deepestJson = 32;

/** Names by which a parsed object could reach behind itself into the language. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Parses a body and refuses what no request may contain: bytes that are not UTF-8, broken JSON, nesting deeper than
 * `deepestJson`, a member given twice, `__proto__` and its kind, the NUL character, half a surrogate pair, a number that no
 * number can hold. Throws a refusal that names the place. Nothing is stripped: what is refused is refused as a whole.
 */
export function readJson(bytes: Buffer): unknown {
  const text = decode(bytes);
  const members = scan(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(
      'malformed-json',
      'The body could not be parsed as JSON. Check quotes, commas and brackets; send one JSON value.',
    );
  }
  const found: Failure[] = [];
  const counted = walk(value, '', found);
  if (counted !== members && found.length === 0) {
    found.push({
      code: 'duplicate-member',
      path: '',
      message: 'A member stands twice in one object: keep one of them.',
    });
  }
  if (found.length > 0) throw refuse('forbidden-content', found[0]?.message ?? '', { errors: found });
  return value;
}

function decode(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw refuse('malformed-json', 'The body is not valid UTF-8. Encode it as UTF-8.');
  }
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** Counts the members of all objects by their colons, and refuses deep nesting before anything recurses into it. */
function scan(text: string): number {
  let depth = 0;
  let members = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      at = endOfString(text, at);
    } else if (character === colon) {
      members += 1;
    } else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > deepestJson) {
        throw refuse('forbidden-content', `The body is nested deeper than ${deepestJson} levels. Flatten it.`);
      }
    } else if (character === 0x7d || character === 0x5d) {
      depth -= 1;
    }
  }
  return members;
}

/** Where the string that begins at `start` ends; the text's end when it never does. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at !== -1) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}

const mostFound = 100;

/** Counts the members that the parsed value has, and finds what may not be in it. */
function walk(value: unknown, path: string, found: Failure[]): number {
  if (found.length >= mostFound) return 0;
  if (typeof value === 'string') {
    checkText(value, path, found);
    return 0;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      found.push({ code: 'number-too-large', path, message: 'This number is too large for any computer: correct it.' });
    }
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    let inside = 0;
    for (let index = 0; index < value.length; index += 1) inside += walkInto(value[index], path, index, found);
    return inside;
  }
  let counted = 0;
  for (const [name, member] of Object.entries(value)) {
    counted += 1;
    if (forbiddenNames.has(name)) {
      const place = `${path}/${pointerPart(name)}`;
      found.push({ code: 'forbidden-member', path: place, message: `A member may not be called ${name}: remove it.` });
    } else if (name.includes('\0') || !name.isWellFormed()) {
      found.push({
        code: 'forbidden-character',
        path,
        message: 'A member has a name with a NUL or half a character in it.',
      });
    } else {
      counted += walkInto(member, path, name, found);
    }
  }
  return counted;
}

/** Builds a pointer only for what may have something wrong inside. */
function walkInto(value: unknown, path: string, name: string | number, found: Failure[]): number {
  if (typeof value === 'string' && !value.includes('\0') && value.isWellFormed()) return 0;
  if (typeof value === 'boolean' || value === null) return 0;
  if (typeof value === 'number' && Number.isFinite(value)) return 0;
  return walk(value, `${path}/${pointerPart(name)}`, found);
}

function checkText(value: string, path: string, found: Failure[]): void {
  if (value.includes('\0')) {
    found.push({ code: 'forbidden-character', path, message: 'There is a NUL character in this text: remove it.' });
  } else if (!value.isWellFormed()) {
    found.push({
      code: 'forbidden-character',
      path,
      message: 'There is half a character (a lone surrogate) in this text.',
    });
  }
}
