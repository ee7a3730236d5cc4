import type { FieldValue } from '../records.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Condition, Operand, Operator, Statement } from './statement.ts';
import { malformed, type Word, wordsOf } from './words.ts';

const operators: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const keywords = new Set(['SELECT', 'FROM', 'WHERE', 'ORDER', 'BY', 'LIMIT', 'AND', 'OR', 'NOT', 'IN', 'ASC', 'DESC']);

/** Reads words from left to right. What does not fit is thrown as a `Refusal` and caught in `parseStatement`. */
interface Reader {
  peek(text: string): boolean;
  accept(text: string): boolean;
  expect(text: string): void;
  name(what: string): string;
  next(): Word;
}

function createReader(words: readonly Word[]): Reader {
  let place = 0;
  const current = (): Word => words[place] ?? { kind: 'end', text: '', at: 0 };
  const isIt = (text: string): boolean => {
    const { kind, text: found } = current();
    return (kind === 'name' && found.toUpperCase() === text) || (kind === 'sign' && found === text);
  };
  const next = (): Word => {
    const word = current();
    place += 1;
    return word;
  };
  const unexpected = (wanted: string): Refusal => {
    const { kind, text } = current();
    return malformed(`expecting ${wanted}, found ${kind === 'end' ? '<EOF>' : `'${text}'`}`);
  };
  return {
    next,
    peek: isIt,
    accept: (text) => {
      const fits = isIt(text);
      if (fits) place += 1;
      return fits;
    },
    expect: (text) => {
      if (!isIt(text)) throw unexpected(`'${text}'`);
      place += 1;
    },
    name: (what) => {
      const { kind, text } = current();
      if (kind !== 'name' || keywords.has(text.toUpperCase())) throw unexpected(what);
      place += 1;
      return text;
    },
  };
}

function literal(word: Word): { readonly value: FieldValue } | { readonly moment: number } {
  if (word.kind === 'text') return { value: word.text };
  const lower = word.text.toLowerCase();
  if (word.kind === 'name' && lower === 'null') return { value: null };
  if (word.kind === 'name' && (lower === 'true' || lower === 'false')) return { value: lower === 'true' };
  if (word.kind !== 'literal') throw malformed(`expecting a value, found '${word.text}'`);
  if (word.text.includes('T')) return { moment: Date.parse(word.text) };
  return { value: /^-?\d+(\.\d+)?$/.test(word.text) ? Number(word.text) : word.text };
}

function operandList(reader: Reader): Operand {
  reader.expect('(');
  const list: FieldValue[] = [];
  do {
    const operand = literal(reader.next());
    if (!('value' in operand)) throw malformed('moments cannot stand in a list here');
    list.push(operand.value);
  } while (reader.accept(','));
  reader.expect(')');
  return { list };
}

function comparison(reader: Reader): Condition {
  if (reader.accept('NOT')) return { kind: 'not', part: comparison(reader) };
  if (reader.accept('(')) {
    const inner = condition(reader);
    reader.expect(')');
    return inner;
  }
  const path = reader.name('a field');
  if (reader.accept('IN')) return { kind: 'compare', path, operator: 'IN', operand: operandList(reader) };
  const sign = reader.next().text;
  const operator = operators[sign];
  if (operator === undefined) throw malformed(`expecting an operator, found '${sign}'`);
  return { kind: 'compare', path, operator, operand: literal(reader.next()) };
}

/** As the real one: AND and OR side by side need parentheses. */
function condition(reader: Reader): Condition {
  const parts = [comparison(reader)];
  const joint = reader.peek('OR') ? 'OR' : 'AND';
  while (reader.accept(joint)) parts.push(comparison(reader));
  if (reader.peek('AND') || reader.peek('OR'))
    throw malformed("unexpected token: put parentheses around 'AND' and 'OR'");
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: joint === 'OR' ? 'or' : 'and', parts };
}

function order(reader: Reader): Statement['orderBy'] {
  const orderBy: { path: string; descending: boolean }[] = [];
  if (!reader.accept('ORDER')) return orderBy;
  reader.expect('BY');
  do {
    const path = reader.name('a field');
    const descending = reader.accept('DESC');
    if (!descending) reader.accept('ASC');
    orderBy.push({ path, descending });
  } while (reader.accept(','));
  return orderBy;
}

function limitOf(reader: Reader): number | undefined {
  if (!reader.accept('LIMIT')) return undefined;
  const { text } = reader.next();
  if (!/^\d+$/.test(text)) throw malformed(`expecting a number after LIMIT, found '${text}'`);
  return Number(text);
}

function statement(reader: Reader): Statement {
  reader.expect('SELECT');
  const paths: string[] = [];
  const children: Statement[] = [];
  do {
    if (reader.accept('(')) {
      children.push(statement(reader));
      reader.expect(')');
    } else paths.push(reader.name('a field'));
  } while (reader.accept(','));
  reader.expect('FROM');
  const from = reader.name('an object');
  const where = reader.accept('WHERE') ? condition(reader) : undefined;
  const orderBy = order(reader);
  const limit = limitOf(reader);
  return {
    paths,
    children,
    from,
    orderBy,
    ...(where === undefined ? {} : { where }),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** Reads a statement: SELECT with fields and child lists, FROM, WHERE, ORDER BY, LIMIT. */
export function parseStatement(text: string): Statement | Refusal {
  const words = wordsOf(text);
  if ('errorCode' in words) return words;
  const reader = createReader(words);
  try {
    const parsed = statement(reader);
    const rest = reader.next();
    return rest.kind === 'end' ? parsed : malformed(`unexpected token: '${rest.text}'`);
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && isRefusal(thrown)) return thrown;
    throw thrown;
  }
}
