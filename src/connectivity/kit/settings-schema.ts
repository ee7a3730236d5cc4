import type { TSchema } from 'typebox';

/** The parts of a JSON Schema that settings are made of. */
interface Parts {
  readonly anyOf?: readonly TSchema[];
  readonly items?: TSchema;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly const?: unknown;
}

const partsOf = (schema: TSchema): Parts => schema as Parts;

/** The schemas of an object's members; undefined when it is not an object's schema. */
export const propertiesOf = (schema: TSchema) => partsOf(schema).properties;

/** The schema of an array's items; undefined when it is not an array's schema. */
export const itemsOf = (schema: TSchema) => partsOf(schema).items;

/** The alternatives of a union; undefined when it is none. */
export const membersOf = (schema: TSchema) => partsOf(schema).anyOf;

/** The alternative of a union that a value means: the one whose constant members it has, e.g. `grant: 'password'`. */
export function chosenMember(schema: TSchema, value: unknown): TSchema | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return membersOf(schema)?.find((member) => {
    const constants = Object.entries(propertiesOf(member) ?? {}).filter(
      ([, part]) => partsOf(part).const !== undefined,
    );
    return constants.every(([name, part]) => (value as Record<string, unknown>)[name] === partsOf(part).const);
  });
}

/**
 * The schema with each union narrowed to the alternative that the value means, so that what is wrong is told of that one and not
 * of all. A plain JSON Schema, for checking only.
 */
export function narrowed(schema: TSchema, value: unknown): TSchema {
  const chosen = chosenMember(schema, value);
  if (chosen !== undefined) return narrowed(chosen, value);
  const properties = propertiesOf(schema);
  if (properties === undefined || typeof value !== 'object' || value === null) return schema;
  const members = value as Readonly<Record<string, unknown>>;
  const parts = Object.entries(properties).map(([name, part]) => [name, narrowed(part, members[name])]);
  return { ...schema, properties: Object.fromEntries(parts) };
}
