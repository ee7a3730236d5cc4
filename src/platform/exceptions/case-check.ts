import type { TSchema } from 'typebox';
import { compileSchema, type SchemaCheck } from '#platform/gateway';
import type { ActFailure, CaseAct } from './case-act.ts';
import type { CaseEffect } from './case-effect.ts';

const compiled = new WeakMap<object, SchemaCheck<TSchema>>();

function checkOf(schema: object): SchemaCheck<TSchema> {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const check = compileSchema(schema as TSchema);
  compiled.set(schema, check);
  return check;
}

/** What is wrong with an edited request or an answer by hand, by the schemas that the effect declares. */
export function actFailures(act: CaseAct, effect: CaseEffect | undefined): readonly ActFailure[] {
  const { request, answer } = effect?.definition ?? {};
  const within = (member: string, schema: object | undefined, value: unknown): readonly ActFailure[] =>
    schema === undefined
      ? []
      : checkOf(schema)
          .failures(value)
          .map(({ code, path, message }) => ({ code, path: `/${member}${path}`, message }));
  if (act.action === 'edit-and-retry') return within('request', request, act.request);
  if (act.action === 'answer' && effect?.undoes !== true) return within('answer', answer, act.answer);
  return [];
}
