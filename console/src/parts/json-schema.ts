/** As much of JSON Schema as the platform's APIs use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
}

/** What kind of control a schema wants. `json`: none that is known, so it is written as it is. */
export type FieldKind = 'text' | 'number' | 'choice' | 'flag' | 'date' | 'object' | 'array' | 'fixed' | 'json';

/** The values that a schema allows, where it names them one by one. */
export function choicesOf(schema: JsonSchema): readonly unknown[] | undefined {
  if (schema.enum !== undefined) return schema.enum;
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts === undefined || parts.length === 0) return undefined;
  const values = parts.flatMap((part) => (part.const !== undefined ? [part.const] : (part.enum ?? [undefined])));
  return values.includes(undefined) ? undefined : values;
}

/** How the platform's APIs write a calendar day. */
const dayPattern = '^\\d{4}-\\d\\d-\\d\\d$';

/** Which control a schema wants. Decimals are text on the wire and stay text. */
export function kindOf(schema: JsonSchema): FieldKind {
  if (schema.const !== undefined) return 'fixed';
  if (choicesOf(schema) !== undefined) return 'choice';
  const type = typeof schema.type === 'string' ? schema.type : undefined;
  if (type === 'string') return schema.format === 'date' || schema.pattern === dayPattern ? 'date' : 'text';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'flag';
  if (type === 'object') return schema.properties === undefined ? 'json' : 'object';
  if (type === 'array') return schema.items === undefined ? 'json' : 'array';
  return 'json';
}

/** What a new value begins as: empty, with everything that is required and can only be one thing. */
export function startOf(schema: JsonSchema): unknown {
  if (schema.default !== undefined) return schema.default;
  switch (kindOf(schema)) {
    case 'fixed':
      return schema.const;
    case 'text':
      return '';
    case 'flag':
      return false;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => startOf(schema.items ?? {}));
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name))
          .map(([name, part]) => [name, startOf(part)])
          .filter(([, value]) => value !== undefined),
      );
    default:
      return undefined;
  }
}

/** A member of a JSON Pointer, escaped. */
export const pointerPart = (name: string | number): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1');
