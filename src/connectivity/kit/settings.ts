import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Default } from 'typebox/value';
import { failed, ok, type Result } from '#model/kernel';
import { isSecret } from './secret.ts';
import { chosenMember, itemsOf, narrowed, propertiesOf } from './settings-schema.ts';

/** How a configuration names a secret: never the value itself. */
export type SecretReference = { readonly env: string } | { readonly file: string };

/** One thing that is wrong with an instance's settings. Never holds a secret's value. */
export interface SettingsFailure {
  /** JSON pointer inside the settings, e.g. `/signIn/clientSecret`. */
  readonly path: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** Stands for a secret that could not be resolved, so that the rest is still checked. */
const placeholder = 'unresolved';

/** Gives the value behind a reference. Throws an `Error` that says why it cannot, e.g. that the variable is not set. */
export type ResolveSecret = (reference: SecretReference) => string;

type Failures = SettingsFailure[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function referenceOf(value: unknown): SecretReference | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  if (typeof value.env === 'string' && value.env !== '') return { env: value.env };
  if (typeof value.file === 'string' && value.file !== '') return { file: value.file };
  return undefined;
}

function secretValue(value: unknown, path: string, resolve: ResolveSecret, failures: Failures): unknown {
  const reference = referenceOf(value);
  if (reference === undefined) {
    const clear = typeof value === 'string' ? 'stands in clear' : 'is not a reference';
    const message = `the secret ${clear}; write { "env": "NAME" } or { "file": "path" } instead`;
    failures.push({ path, message });
    return placeholder;
  }
  try {
    return resolve(reference);
  } catch (thrown) {
    failures.push({ path, message: thrown instanceof Error ? thrown.message : String(thrown) });
    return placeholder;
  }
}

/** Puts secrets in the place of their references, following the schema. */
function withSecrets(
  schema: TSchema,
  value: unknown,
  path: string,
  resolve: ResolveSecret,
  failures: Failures,
): unknown {
  if (isSecret(schema)) return secretValue(value, path, resolve, failures);
  const chosen = chosenMember(schema, value);
  if (chosen !== undefined) return withSecrets(chosen, value, path, resolve, failures);
  const items = itemsOf(schema);
  if (items !== undefined && Array.isArray(value)) {
    return value.map((item, index) => withSecrets(items, item, `${path}/${index}`, resolve, failures));
  }
  const properties = propertiesOf(schema);
  if (properties === undefined || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, known === undefined ? member : withSecrets(known, member, `${path}/${name}`, resolve, failures)];
    }),
  );
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: unknown;
}

function failuresOf(error: SchemaError): readonly SettingsFailure[] {
  const { keyword, instancePath: path, message } = error;
  const params = error.params as { requiredProperties?: readonly string[]; additionalProperties?: readonly string[] };
  if (keyword === 'boolean') return [];
  if (keyword === 'required') {
    return (params.requiredProperties ?? []).map((name) => ({
      path: `${path}/${name}`,
      message: 'is missing; add it',
    }));
  }
  if (keyword === 'additionalProperties') {
    return (params.additionalProperties ?? []).map((name) => ({
      path: `${path}/${name}`,
      message: 'is not known here; remove it or correct its name',
    }));
  }
  return [{ path, message }];
}

/**
 * Reads the settings of one instance from configuration: fills in defaults, resolves `{ "env" }` and `{ "file" }` references of
 * secrets, and checks everything against the connector's closed schema. Answers all that is wrong at once, by path.
 *
 * @example
 * const read = readSettings(connector.settings, systems['crm-main'].settings, resolveSecret);
 * if (!read.ok) throw new Error(read.failures.map(({ path, message }) => `${path}: ${message}`).join('\n'));
 * const connection = connector.connect(read.value, services);
 */
export function readSettings<Schema extends TSchema>(
  schema: Schema,
  raw: unknown,
  resolveSecret: ResolveSecret,
): Result<Static<Schema>, SettingsFailure> {
  const failures: Failures = [];
  const resolved = withSecrets(schema, raw, '', resolveSecret, failures);
  const settings = Default(schema, resolved);
  const validator = Compile(narrowed(schema, settings));
  if (!validator.Check(settings)) failures.push(...validator.Errors(settings).flatMap(failuresOf));
  return failures.length === 0 ? ok(settings as Static<Schema>) : failed(failures);
}
