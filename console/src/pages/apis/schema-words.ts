import { choicesOf, type JsonSchema } from '../../parts/json-schema.ts';

const bounds = (least: number | undefined, most: number | undefined, of: string): string =>
  least === undefined && most === undefined ? '' : `${least ?? 0} to ${most ?? 'any'}${of}`;

/** What a schema allows, in a few words: `text, 1 to 40 characters`, `one of held, open`, `list of text`. */
export function schemaWords(schema: JsonSchema): string {
  const choices = choicesOf(schema);
  if (schema.const !== undefined) return `always ${JSON.stringify(schema.const)}`;
  if (choices !== undefined) return `one of ${choices.map(String).join(', ')}`;
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts !== undefined) return parts.map(schemaWords).join(' or ');
  switch (schema.type) {
    case 'string':
      return ['text', schema.format ?? '', bounds(schema.minLength, schema.maxLength, ' characters')]
        .filter(Boolean)
        .join(', ');
    case 'integer':
      return ['whole number', bounds(schema.minimum, schema.maximum, '')].filter(Boolean).join(', ');
    case 'number':
      return ['number', bounds(schema.minimum, schema.maximum, '')].filter(Boolean).join(', ');
    case 'boolean':
      return 'yes or no';
    case 'null':
      return 'null';
    case 'array':
      return `list of ${schemaWords(schema.items ?? {})}`;
    case 'object':
      return 'object';
    default:
      return 'anything';
  }
}

/** The members to show below a schema: its own, those of what it lists, or of what it may be. */
export function membersOf(schema: JsonSchema): {
  properties: Readonly<Record<string, JsonSchema>>;
  required: readonly string[];
} {
  if (schema.properties !== undefined) return { properties: schema.properties, required: schema.required ?? [] };
  if (schema.items !== undefined) return membersOf(schema.items);
  for (const part of schema.anyOf ?? schema.oneOf ?? []) {
    const found = membersOf(part);
    if (Object.keys(found.properties).length > 0) return found;
  }
  return { properties: {}, required: [] };
}
