/** What a column may hold. Quantities and amounts are decimals as text, dates `YYYY-MM-DD`, timestamps microseconds since 1970. */
export type Stored = null | boolean | number | string | readonly number[];

export type Values = { readonly [field: string]: Stored };

/** A record. Rows are never changed: a write puts a new one in the place of the old. */
export interface Row extends Values {
  readonly id: number;
  readonly create_date: number;
  readonly create_uid: number;
  /** Null until the first write, as the real one has it. */
  readonly write_date: number | null;
  readonly write_uid: number | null;
}

/** The columns of a row without those that the store itself fills. */
export type Columns<Kind extends Row> = {
  readonly [Name in keyof Kind as string extends Name
    ? never
    : Name extends 'id' | 'create_date' | 'create_uid' | 'write_date' | 'write_uid'
      ? never
      : Name]: Kind[Name];
};
