import type { FieldDefinition } from '../records/model.ts';
import type { Row, Stored } from '../records/row.ts';
import type { Transaction } from '../records/transaction.ts';
import type { FieldType } from '../wire/values.ts';

type Plain = Omit<FieldDefinition<Row>, 'type' | 'label' | 'compute' | 'write' | 'relation' | 'inverse'>;

/** A column of a simple type. */
export const column = (type: FieldType, label: string, more: Plain = {}) => ({ type, label, ...more });

/** A column that holds the id of another record. */
export const link = (relation: string, label: string, more: Plain = {}) => ({
  type: 'many2one' as const,
  label,
  relation,
  ...more,
});

/** A column that holds ids of other records. */
export const links = (relation: string, label: string) => ({ type: 'many2many' as const, label, relation });

/** Worked out at each reading. */
export const computed = <Kind extends Row>(
  type: FieldType,
  label: string,
  compute: (row: Kind, transaction: Transaction) => Stored,
  relation?: string,
): FieldDefinition<Kind> => ({ type, label, compute, ...(relation === undefined ? {} : { relation }) });

/** Worked out at each reading, and not to be searched by. */
export const shown = <Kind extends Row>(
  type: FieldType,
  label: string,
  compute: (row: Kind, transaction: Transaction) => Stored,
  relation?: string,
): FieldDefinition<Kind> => ({ ...computed(type, label, compute, relation), searchable: false });

/** The records of another model that point here; written with commands. */
export const children = <Kind extends Row>(
  relation: string,
  inverse: string,
  label: string,
  compute: (row: Kind, transaction: Transaction) => readonly number[],
): FieldDefinition<Kind> => ({ type: 'one2many', label, relation, inverse, compute });

export const ids = (rows: readonly Row[]): readonly number[] => rows.map(({ id }) => id);

/** Stock moves are listed with the newest first. */
export const newestFirst = (rows: readonly Row[]): readonly number[] => ids(rows).toSorted((a, b) => b - a);
