import { type Static, Type } from 'typebox';
import type { FieldValue } from './records.ts';

/**
 * What an administrator has done to fields, by `Object.Field`, as those who read see it: `gone` was renamed or withdrawn; `text` and
 * `number` give it another type.
 */
export const SchemaChanges = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]*\\.[A-Za-z][A-Za-z0-9_]*$' }),
  Type.Union([Type.Literal('gone'), Type.Literal('text'), Type.Literal('number')]),
);
export type SchemaChanges = Static<typeof SchemaChanges>;

export const isGone = (changes: SchemaChanges, object: string, field: string): boolean =>
  changes[`${object}.${field}`] === 'gone';

/** A value as it is answered after the changes. */
export function shownValue(changes: SchemaChanges, object: string, field: string, value: FieldValue): FieldValue {
  const change = changes[`${object}.${field}`];
  if (value === null || change === undefined || change === 'gone') return value;
  return change === 'text' ? String(value) : Number(String(value).replaceAll(/\D/g, ''));
}
