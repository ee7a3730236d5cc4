import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { Settings } from 'typebox/system';
import { type Failure, pointerPart } from './failure.ts';
import { readableFailure } from './readable-failure.ts';

/** More are not listed: a body of a megabyte can be wrong half a million times. */
export const mostFailures = 1_000;

/** A compiled schema: decides fast, and explains when asked. */
export interface SchemaCheck<Schema extends TSchema> {
  /** Nothing is coerced, filled in or removed. */
  accepts(value: unknown): value is Static<Schema>;
  /** Everything that is wrong, at most `mostFailures`; empty when `accepts`. */
  failures(value: unknown): readonly Failure[];
}

/** Compiles a schema. The failures name the member by JSON pointer and say what to write there. */
export function compileSchema<const Schema extends TSchema>(schema: Schema): SchemaCheck<Schema> {
  const validator = Compile(schema);
  const accepts = (value: unknown): value is Static<Schema> => validator.Check(value);
  return {
    accepts,
    failures: (value) =>
      accepts(value)
        ? []
        : collect(
            schema,
            allErrors(() => validator.Errors(value)),
            value,
          ),
  };
}

/** The library's limit of errors is process-wide; it is raised for this one synchronous call. */
function allErrors(errors: () => TLocalizedValidationError[]): TLocalizedValidationError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: mostFailures });
  try {
    return errors();
  } finally {
    Settings.Set({ maxErrors });
  }
}

function collect(schema: TSchema, errors: readonly TLocalizedValidationError[], value: unknown): Failure[] {
  const byPlace = new Map<string, Failure>();
  for (const error of errors) {
    for (const failure of explain(schema, error, value)) {
      if (!byPlace.has(failure.path)) byPlace.set(failure.path, failure);
    }
  }
  return [...byPlace.values()].slice(0, mostFailures);
}

function explain(schema: TSchema, error: TLocalizedValidationError, value: unknown): readonly Failure[] {
  // Each alternative of a choice fails on its own before the choice does; only the choice is worth telling.
  if (/\/(anyOf|oneOf)\/\d+(\/|$)/.test(error.schemaPath)) return [];
  // Unknown members are reported one by one at their own place as well.
  if (error.keyword === 'additionalProperties') return [];
  if (error.keyword === 'required') {
    return error.params.requiredProperties.map((name) => ({
      code: 'required',
      path: `${error.instancePath}/${pointerPart(name)}`,
      message: `Give ${JSON.stringify(name)}: it is required.`,
    }));
  }
  return [{ path: error.instancePath, ...readableFailure(schema, error, value) }];
}
