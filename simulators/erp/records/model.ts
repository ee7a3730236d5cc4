import type { FieldType } from '../wire/values.ts';
import type { Row, Stored, Values } from './row.ts';
import type { Table } from './table.ts';
import type { Transaction } from './transaction.ts';

export interface Field {
  readonly type: FieldType;
  /** As error messages name it, e.g. `Unit Price`. */
  readonly label: string;
  /** The model that a relation leads to. */
  readonly relation?: string;
  /** For a one2many: the column of the other model that points here. */
  readonly inverse?: string;
  readonly required?: boolean;
  /** Places after the point that are accepted. */
  readonly digits?: number;
  readonly options?: readonly string[];
  /** False: it can be read and not searched by. */
  readonly searchable?: false;
  /** Worked out at each reading; absent: a column. */
  readonly compute?: (row: Row, transaction: Transaction) => Stored;
  /** May be written though it is computed (one2many commands, amounts kept elsewhere). */
  readonly write?: (row: Row, value: unknown, transaction: Transaction) => void;
}

export type Order = readonly (readonly [field: string, direction: 'ASC' | 'DESC', nulls?: 'FIRST' | 'LAST'])[];

/** What may be done to a model over the wire, and what guards it. */
export interface Model {
  readonly name: string;
  /** As error messages name it, e.g. `Sale`. */
  readonly label: string;
  readonly table: Table;
  readonly fields: Readonly<Record<string, Field>>;
  readonly order: Order;
  readonly recordName: (row: Row, transaction: Transaction) => string;
  /** The fields in which a search by name looks; absent: the name itself. */
  readonly namedBy?: readonly string[];
  /** `create`, `write`, `delete` that are allowed; reading always is. */
  readonly open: ReadonlySet<'create' | 'write' | 'delete'>;
  readonly defaults: (transaction: Transaction) => Values;
  readonly checkRow?: (row: Row, transaction: Transaction) => void;
  readonly beforeWrite?: (row: Row, values: Values, transaction: Transaction) => void;
  readonly afterCreate?: (row: Row, transaction: Transaction) => void;
  /** Deletes the row in the model's own way; absent: it is simply removed. */
  readonly erase?: (row: Row, transaction: Transaction) => void;
}

/** A model as it is written down: the row's type is known there and forgotten outside. */
export interface ModelDefinition<Kind extends Row> {
  readonly name: string;
  readonly label: string;
  readonly table: Table<Kind>;
  readonly fields: Readonly<Record<string, FieldDefinition<Kind>>>;
  readonly order?: Order;
  readonly recordName: (row: Kind, transaction: Transaction) => string;
  readonly namedBy?: readonly string[];
  readonly open?: readonly ('create' | 'write' | 'delete')[];
  readonly defaults?: (transaction: Transaction) => Values;
  readonly checkRow?: (row: Kind, transaction: Transaction) => void;
  readonly beforeWrite?: (row: Kind, values: Values, transaction: Transaction) => void;
  readonly afterCreate?: (row: Kind, transaction: Transaction) => void;
  readonly erase?: (row: Kind, transaction: Transaction) => void;
}

export interface FieldDefinition<Kind extends Row> extends Omit<Field, 'compute' | 'write'> {
  readonly compute?: (row: Kind, transaction: Transaction) => Stored;
  readonly write?: (row: Kind, value: unknown, transaction: Transaction) => void;
}

const commonFields: Readonly<Record<string, Field>> = {
  id: { type: 'integer', label: 'ID' },
  create_date: { type: 'timestamp', label: 'Created at' },
  create_uid: { type: 'many2one', label: 'Created by', relation: 'res.user' },
  write_date: { type: 'timestamp', label: 'Edited at' },
  write_uid: { type: 'many2one', label: 'Edited by', relation: 'res.user' },
};

/** Adds what every model has: identity, who and when, and the name for people. */
export function defineModel<Kind extends Row>(definition: ModelDefinition<Kind>): Model {
  const { open, defaults, order, fields, ...rest } = definition as unknown as ModelDefinition<Row>;
  const name: Field = { type: 'char', label: 'Record Name', compute: rest.recordName };
  return {
    ...rest,
    order: order ?? [['id', 'ASC']],
    open: new Set(open),
    defaults: defaults ?? (() => ({})),
    fields: { ...commonFields, rec_name: name, ...(fields as Readonly<Record<string, Field>>) },
  };
}

/** The value of a field of a row, stored or worked out. */
export function fieldValue(field: Field, name: string, row: Row, transaction: Transaction): Stored {
  return field.compute === undefined ? (row[name] ?? null) : field.compute(row, transaction);
}
