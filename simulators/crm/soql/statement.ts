import type { FieldValue } from '../records.ts';

/** A value compared with; a moment is compared as a moment, whatever its zone. */
export type Operand =
  | { readonly value: FieldValue }
  | { readonly moment: number }
  | { readonly list: readonly FieldValue[] };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'IN';

export type Condition =
  | { readonly kind: 'compare'; readonly path: string; readonly operator: Operator; readonly operand: Operand }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

/** A query statement, read. */
export interface Statement {
  /** Fields, also over a relationship: `Account.AccountNumber`. */
  readonly paths: readonly string[];
  /** Lists of children; `from` is the name of the relationship. */
  readonly children: readonly Statement[];
  readonly from: string;
  readonly where?: Condition;
  readonly orderBy: readonly { readonly path: string; readonly descending: boolean }[];
  readonly limit?: number;
}
