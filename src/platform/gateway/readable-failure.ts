import type { TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function follow(start: unknown, pointer: string): unknown {
  let at = start;
  for (const part of pointer.split('/').slice(1)) {
    if (!isObject(at)) return undefined;
    at = at[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return at;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`;
};

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

const choices = (schema: unknown): string => {
  if (isObject(schema) && Array.isArray(schema.enum)) return schema.enum.map((each) => JSON.stringify(each)).join(', ');
  const alternatives = isObject(schema) && Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return alternatives.map((each) => JSON.stringify(isObject(each) ? each.const : undefined)).join(', ');
};

/** A validation error in a sentence that says what to write: the schema's own description and example where it has them. */
export function readableFailure(
  schema: TSchema,
  error: TLocalizedValidationError,
  value: unknown,
): { readonly code: string; readonly message: string } {
  const part = follow(schema, error.schemaPath.slice(1));
  const description = isObject(part) ? text(part.description) : undefined;
  const examples = isObject(part) && Array.isArray(part.examples) ? part.examples : [];
  const example = examples.length > 0 ? ` For example: ${JSON.stringify(examples[0])}.` : '';
  const hint = `${description === undefined ? '' : ` ${description}`}${example}`;
  switch (error.keyword) {
    case 'boolean':
      return { code: 'unknown-member', message: 'There is no such member here: remove it, or correct its name.' };
    case 'type':
      return {
        code: 'wrong-type',
        message: `Write ${article(String(error.params.type))}, not ${kindOf(follow(value, error.instancePath))}.${hint}`,
      };
    case 'pattern':
      return { code: 'wrong-format', message: `This is not in the form asked for.${hint}` };
    case 'minLength':
      return { code: 'too-short', message: `Give at least ${error.params.limit} character(s).${hint}` };
    case 'maxLength':
      return { code: 'too-long', message: `Give at most ${error.params.limit} characters.${hint}` };
    case 'minItems':
      return { code: 'too-few', message: `Give at least ${error.params.limit} item(s).${hint}` };
    case 'maxItems':
      return { code: 'too-many', message: `Give at most ${error.params.limit} items.${hint}` };
    case 'minimum':
    case 'maximum':
      return {
        code: 'out-of-range',
        message: `Give a number ${error.params.comparison} ${error.params.limit}.${hint}`,
      };
    case 'anyOf':
    case 'enum':
      return { code: 'not-a-choice', message: `Write one of ${choices(part)}.${hint}` };
    default:
      return { code: 'invalid', message: `It ${error.message}.${hint}` };
  }
}
