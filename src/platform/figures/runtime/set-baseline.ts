import { ok, type Result } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { inTransaction } from '#platform/storage';
import type { Baseline, BaselineAct, TimeFailure } from '../figure-desk.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { type BaselineRow, baselineOf } from './read-baselines.ts';
import { readFigures } from './read-figures.ts';
import { addBaseline, baselineOfIntent } from './sql/read.ts';

/** See `FigureDesk.setBaseline`. The baseline and its line in the audit are there together or not. */
export async function setBaseline(
  needs: DeskNeeds,
  { figure, value, from, to, reason, by, intent }: BaselineAct,
): Promise<Result<Baseline, TimeFailure> | 'absent' | 'no-value'> {
  const { database, clock } = needs;
  const read = await readFigures(needs, { figure, from, to });
  if (!read.ok) return read;
  const [found] = read.value.figures;
  if (found === undefined) return 'absent';
  const chosen = value ?? found.value;
  if (chosen === undefined) return 'no-value';
  const at = clock.now();
  return inTransaction(database, async (client) => {
    const { rowCount } = await client.query(addBaseline, [figure, chosen, from, to, at, by, intent]);
    if (rowCount === 0) {
      const { rows } = await client.query<BaselineRow>(baselineOfIntent, [intent]);
      return ok(rows.map(baselineOf)[0] ?? { value: chosen, from, to, setAt: at, setBy: by });
    }
    const details = {
      value: chosen,
      from,
      to,
      reason,
      ...(found.baseline === undefined ? {} : { before: found.baseline.value }),
    };
    await recordAction(client, { target: `figure:${figure}`, action: 'set-baseline', by, at, details });
    return ok({ value: chosen, from, to, setAt: at, setBy: by });
  });
}
