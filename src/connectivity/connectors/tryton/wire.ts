import { Big } from 'big.js';
import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Decimal, Fault, type LocalDate } from '#model/kernel';

/** How values travel in Tryton's JSON. The rows that we read stand beside the verbs that read them. */

export const Id = Type.Integer();
export const Ids = Type.Array(Id);
export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
export const Text = nullable(Type.String());
/** A binary float over there. */
export const Quantity = Type.Number();
export const Numeric = Type.Object({ __class__: Type.Literal('Decimal'), decimal: Type.String() });
export type WireDecimal = Static<typeof Numeric>;

const rounded = (value: WireDecimal, places: number): Big => new Big(value.decimal).round(places, 1);

export const toNumeric = (value: Decimal): WireDecimal => ({ __class__: 'Decimal', decimal: value });

/** A rate or another exact number; Python writes `0E-10` and `3.39000000000000`. */
export const fromNumeric = (value: WireDecimal): Decimal => rounded(value, 6).toFixed() as Decimal;

/** A price as Tryton rounds it when it puts it on a line: four places. */
export const fromPrice = (value: WireDecimal): Decimal => rounded(value, 4).toFixed() as Decimal;

/** Money, with the two places of its currency. Null stands for nothing yet. */
export const fromAmount = (value: WireDecimal | null): Decimal =>
  (value === null ? '0.00' : rounded(value, 2).toFixed(2)) as Decimal;

export const toQuantity = (value: Decimal): number => Number(value);
export const fromQuantity = (value: number): Decimal => new Big(value).round(6, 1).toFixed() as Decimal;

export function toDate(day: LocalDate) {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { __class__: 'date', year, month, day: date } as const;
}

/** Reads one kind of answer, or throws: Tryton's schema may change under us, and then nothing is guessed. */
export type Reader<Answer> = (answer: unknown, method: string) => Answer;

export function reader<Schema extends TSchema>(schema: Schema): Reader<Static<Schema>> {
  const validator = Compile(schema);
  return (answer, method) => {
    if (validator.Check(answer)) return answer as Static<Schema>;
    const [first] = validator.Errors(answer);
    throw new Fault('permanent', {
      code: 'answer-unexpected',
      message: `The answer to ${method} is not as Tryton 6.0 gives it: ${first?.instancePath ?? ''} ${first?.message ?? ''}.`,
    });
  };
}

export const rowsOf = <Schema extends TSchema>(row: Schema): Reader<Static<Schema>[]> =>
  reader(Type.Array(row)) as Reader<Static<Schema>[]>;

/** An id as it stands in our model, back to Tryton's. */
export function idOf(text: string): number {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id < 1) {
    throw new Fault('permanent', { code: 'not-a-tryton-id', message: `"${text}" is not the id of a Tryton record.` });
  }
  return id;
}
