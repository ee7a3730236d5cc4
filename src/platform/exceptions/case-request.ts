import { unedited } from '#platform/engine';
import type { CaseRecord } from './case-record.ts';
import type { CaseRuns } from './desk-needs.ts';

/** What the effect of a case asked last, from its run's journal; undefined where there is none, as for an undo. */
export async function lastRequest(runs: CaseRuns, { flow, key, effect, run }: CaseRecord): Promise<unknown> {
  if (effect === undefined || run === undefined) return undefined;
  let request: unknown;
  for (const { entry } of await runs.journal(flow, key)) {
    // Sent again as it was, it says nothing.
    if (entry.kind === 'asked' && unedited(entry.key) === effect && entry.request !== null) request = entry.request;
  }
  return request;
}

/** The key under which the effect waits now: an edited request has another. */
export async function presentKey(runs: CaseRuns, { flow, key, effect = '' }: CaseRecord): Promise<string> {
  const view = await runs.view(flow, key);
  return view?.open.find((open) => unedited(open.key) === effect)?.key ?? effect;
}
