import type { FieldType, ObjectType } from './object-types.ts';
import type { FieldValue } from './records.ts';
import { type Refusal, refuse } from './refusal.ts';

const kinds: Readonly<Record<FieldType['type'], 'string' | 'number' | 'boolean'>> = {
  id: 'string',
  reference: 'string',
  string: 'string',
  picklist: 'string',
  boolean: 'boolean',
  currency: 'number',
  double: 'number',
  int: 'number',
  date: 'string',
  datetime: 'string',
};

function wrongValue(field: FieldType, value: unknown): Refusal | undefined {
  if (value === null) return undefined;
  if (typeof value !== kinds[field.type]) {
    const why = `Cannot deserialize instance of ${field.type} from ${JSON.stringify(value)}`;
    return refuse(400, 'JSON_PARSER_ERROR', why);
  }
  if (typeof value === 'string' && field.length !== undefined && value.length > field.length) {
    const why = `${field.label}: data value too large: ${value.slice(0, 20)} (max length=${field.length})`;
    return refuse(400, 'STRING_TOO_LONG', why, [field.name]);
  }
  return undefined;
}

/** What is wrong with the body of a write; undefined when it may be stored. */
export function wrongWrite(
  type: ObjectType,
  body: Readonly<Record<string, unknown>>,
  way: 'createable' | 'updateable',
): Refusal | undefined {
  for (const [name, value] of Object.entries(body)) {
    if (name === 'attributes') continue;
    const field = type.fields.find((known) => known.name === name);
    if (field === undefined) {
      return refuse(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
    }
    if (!field[way]) {
      const why = `Unable to create/update fields: ${name}. Please check the security settings of this field.`;
      return refuse(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', why, [name]);
    }
    const wrong = wrongValue(field, value);
    if (wrong !== undefined) return wrong;
  }
  const missing = type.fields.filter(({ name, required }) => {
    const given = body[name];
    return required && (way === 'createable' ? given === undefined || given === null : given === null);
  });
  if (missing.length === 0) return undefined;
  const names = missing.map(({ name }) => name);
  return refuse(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
}

/** The fields of a body that was checked. */
export const writtenFields = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, FieldValue>> => {
  const { attributes: _, ...fields } = body;
  return fields as Record<string, FieldValue>;
};
