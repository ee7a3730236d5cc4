import { type Refusal, refuse } from '../refusal.ts';

/** A piece of a statement. `at` is where it begins, for messages. */
export interface Word {
  readonly kind: 'name' | 'text' | 'literal' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

export const malformed = (why: string): Refusal => refuse(400, 'MALFORMED_QUERY', why);

const pattern =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*')|(?<literal>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?|-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_.]*)|(?<sign><=|>=|!=|<>|[=<>(),])|(?<end>$))/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const unescaped = (quoted: string): string =>
  quoted.slice(1, -1).replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);

/** Cuts a statement into words; the last is `end`. */
export function wordsOf(statement: string): readonly Word[] | Refusal {
  const words: Word[] = [];
  const expression = new RegExp(pattern);
  for (;;) {
    const at = expression.lastIndex;
    const found = expression.exec(statement);
    if (found === null) return malformed(`unexpected token: '${statement.slice(at, at + 10).trim()}'`);
    const groups = found.groups ?? {};
    if (groups.end !== undefined) return [...words, { kind: 'end', text: '', at }];
    if (groups.text !== undefined) words.push({ kind: 'text', text: unescaped(groups.text), at });
    else if (groups.literal !== undefined) words.push({ kind: 'literal', text: groups.literal, at });
    else if (groups.name !== undefined) words.push({ kind: 'name', text: groups.name, at });
    else words.push({ kind: 'sign', text: groups.sign ?? '', at });
  }
}
