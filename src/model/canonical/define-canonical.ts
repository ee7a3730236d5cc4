import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { failed, type Json, ok, type Result } from '#model/kernel';

/** The members of an object as some older version had them. */
export type OldMembers = Readonly<Record<string, Json>>;

/** From one version to the next. Total on everything that was valid in its version; pure. */
export type Upgrade = (old: OldMembers) => OldMembers;

export interface CanonicalDefinition<Schema extends TSchema> {
  /** Kebab-case, e.g. `fulfilment-order`. */
  readonly name: string;
  /** The present version, from 1. */
  readonly version: number;
  /** The schema of the present version. */
  readonly schema: Schema;
  /** For every older version, how its members become those of the next. */
  readonly upgrade: Readonly<Record<number, Upgrade>>;
}

/** What is wrong with a stored or received object. */
export interface CanonicalFailure {
  readonly code: 'not-an-object' | 'version-unknown' | 'invalid';
  /** JSON pointer; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

export interface Canonical<Schema extends TSchema = TSchema> extends CanonicalDefinition<Schema> {
  /**
   * Reads an object of any version, `{ schemaVersion, … }`, brings it up to the present one and checks it. All failures at once.
   *
   * @example
   * const product = canonicalProduct.parse(JSON.parse(text));
   * if (!product.ok) throw new RangeError(product.failures[0]?.message);
   */
  parse(json: unknown): Result<Static<Schema>, CanonicalFailure>;
  /** The form that is kept and sent: the object with its version. */
  write(value: Static<Schema>): Static<Schema> & { readonly schemaVersion: number };
}

const oneFailure = (code: CanonicalFailure['code'], path: string, message: string) =>
  failed<CanonicalFailure>([{ code, path, message }]);

/** Declares a versioned object. Throws `RangeError` when an upgrader is missing or leads from nowhere. */
export function defineCanonical<Schema extends TSchema>(definition: CanonicalDefinition<Schema>): Canonical<Schema> {
  const { name, version, schema, upgrade } = definition;
  const older = Array.from({ length: version - 1 }, (_, index) => String(index + 1));
  if (version < 1 || older.join() !== Object.keys(upgrade).join()) {
    throw new RangeError(
      `${name}: version ${version} needs one upgrader for each of the versions ${older.join(', ') || '(none)'}`,
    );
  }
  let validator: Validator | undefined;

  return {
    ...definition,
    parse: (json) => {
      if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        return oneFailure('not-an-object', '', `${name}: an object is needed`);
      }
      const { schemaVersion, ...members } = json as OldMembers;
      if (
        typeof schemaVersion !== 'number' ||
        !Number.isInteger(schemaVersion) ||
        schemaVersion < 1 ||
        schemaVersion > version
      ) {
        const message = `${name}: schemaVersion must be 1 to ${version}, not ${JSON.stringify(schemaVersion)}`;
        return oneFailure('version-unknown', '/schemaVersion', message);
      }
      let present: OldMembers = members;
      for (let from = schemaVersion; from < version; from += 1) present = upgrade[from]?.(present) ?? present;
      // Compiled at the first use: most processes read few kinds of object.
      validator ??= Compile(schema) as unknown as Validator;
      if (validator.Check(present)) return ok(present as Static<Schema>);
      return failed(
        validator
          .Errors(present)
          .map(({ instancePath, message }) => ({ code: 'invalid', path: instancePath, message })),
      );
    },
    write: (value) => ({ schemaVersion: version, ...(value as object) }) as Static<Schema> & { schemaVersion: number },
  };
}
