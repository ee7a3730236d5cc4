import { Fault } from '#model/kernel';
import type { Erp, Speech } from './erp.ts';
import type { Reader } from './wire.ts';

const anything: Reader<unknown> = (answer) => answer;

/** Presses a button on records. It answers nothing, not even whether it did anything. */
export const press = (
  erp: Erp,
  model: string,
  button: string,
  ids: readonly number[],
  speech?: Speech,
): Promise<unknown> => erp.act(anything, `model.${model}.${button}`, [ids], speech);

/** Writes values into records. */
export const write = (erp: Erp, model: string, ids: readonly number[], values: object): Promise<unknown> =>
  erp.act(anything, `model.${model}.write`, [ids, values]);

/** Reads fields of what a domain finds; dotted fields read the other end of a relation. */
export const find = <Row>(
  erp: Erp,
  read: Reader<Row[]>,
  model: string,
  query: {
    readonly where: readonly unknown[];
    readonly fields: readonly string[];
    readonly limit?: number;
    readonly order?: readonly (readonly [string, 'ASC' | 'DESC'])[];
    readonly context?: Readonly<Record<string, unknown>>;
  },
): Promise<Row[]> =>
  erp.ask(
    read,
    `model.${model}.search_read`,
    [query.where, 0, query.limit ?? null, query.order ?? null, query.fields],
    {
      ...(query.context === undefined ? {} : { context: query.context }),
    },
  );

/** Reads fields of one record. */
export async function readOne<Row>(
  erp: Erp,
  read: Reader<Row[]>,
  model: string,
  id: number,
  fields: readonly string[],
): Promise<Row> {
  const method = `model.${model}.read`;
  const [row] = await erp.ask(read, method, [[id], fields]);
  if (row === undefined) {
    throw new Fault('permanent', { code: 'record-gone', message: `Tryton has no ${model} ${id} any more.` });
  }
  return row;
}
