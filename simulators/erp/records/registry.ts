import { keyError } from '../wire/refusals.ts';
import type { Field, Model } from './model.ts';

/** Every model that is served, by name. */
export type Registry = ReadonlyMap<string, Model>;

/** Throws what the real one answers for a model that it does not have. */
export function modelNamed(registry: Registry, name: string): Model {
  const model = registry.get(name);
  if (model === undefined) throw keyError(name);
  return model;
}

/** Throws what the real one answers for a field that a model does not have. */
export function fieldNamed(model: Model, name: string): Field {
  const field = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
  if (field === undefined) throw keyError(name);
  return field;
}
