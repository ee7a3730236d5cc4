import type { ClientBase } from 'pg';
import type { Instant, LocalDate } from '#model/kernel';
import type { Baseline } from '../figure-desk.ts';
import { baselinesOf as selectBaselines } from './sql/read.ts';

export interface BaselineRow {
  readonly figure: string;
  readonly value: number;
  readonly from_day: LocalDate;
  readonly to_day: LocalDate;
  readonly set_at: Instant;
  readonly set_by: string;
}

export const baselineOf = ({
  value,
  from_day: from,
  to_day: to,
  set_at: setAt,
  set_by: setBy,
}: BaselineRow): Baseline => ({
  value,
  from,
  to,
  setAt,
  setBy,
});

/** The newest baseline of each figure that has one. */
export async function baselinesOf(
  client: ClientBase,
  figures: readonly string[],
): Promise<ReadonlyMap<string, Baseline>> {
  const { rows } = await client.query<BaselineRow>(selectBaselines, [figures]);
  return new Map(rows.map((row) => [row.figure, baselineOf(row)]));
}
