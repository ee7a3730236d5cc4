import type { ClientBase } from 'pg';
import type { OpenCasesFigure } from '../figure.ts';
import { unpackValues } from './packed-values.ts';
import { casesOpenBetween } from './sql/open-cases.ts';
import type { Worth } from './tally.ts';
import type { Time } from './window.ts';

/** When the cases of a time were opened (ascending) and closed, in seconds since 1970; never closed: infinity. */
export interface CaseTimes {
  readonly opened: Float64Array;
  readonly closed: Float64Array;
}

/** The cases that were open at some moment of a time. */
export async function readCaseTimes(
  client: ClientBase,
  time: Time,
  sites: readonly string[] | null,
): Promise<CaseTimes> {
  const { rows } = await client.query<{ opened: Buffer | null; closed: Buffer | null }>(casesOpenBetween, [
    time.from,
    time.to,
    sites,
  ]);
  const [{ opened = null, closed = null } = {}] = rows;
  const none = Buffer.alloc(0);
  return { opened: unpackValues(opened ?? none), closed: unpackValues(closed ?? none) };
}

/** How old the cases are that are open at a moment. */
export function agesAt({ opened, closed }: CaseTimes, at: string, of: OpenCasesFigure['of']): Worth {
  const seconds = Date.parse(at) / 1_000;
  // The oldest was opened first.
  const ages: number[] = [];
  for (let index = 0; index < opened.length; index += 1) {
    const since = opened[index] ?? 0;
    if (since < seconds && (closed[index] ?? 0) > seconds) ages.push(Math.round((seconds - since) * 1_000) / 1_000);
  }
  const nearestRank = (share: number): number | undefined =>
    ages[ages.length - Math.max(1, Math.ceil(share * ages.length))];
  const value = of === 'oldest' ? ages[0] : nearestRank(0.5);
  const p95 = of === 'oldest' ? undefined : nearestRank(0.95);
  return { ...(value === undefined ? {} : { value }), ...(p95 === undefined ? {} : { p95 }), sample: ages.length };
}
