import { fingerprint } from './fingerprint.ts';

/**
 * The idempotency key of one occurrence of an effect: business key, effect and occurrence, nothing of the run's id, so that it
 * is the same after a restore and a resubmission. At most 94 characters of `[A-Za-z0-9:._-]`: an undo adds five. `edits`: how often
 * a person changed its request; each edit is another intent and has another key.
 */
export function effectKey(flow: string, businessKey: string, effect: string, occurrence: string, edits = 0): string {
  const key = originalKey(flow, businessKey, effect, occurrence);
  return edits === 0 ? key : `${key}.e${edits}`;
}

function originalKey(flow: string, businessKey: string, effect: string, occurrence: string): string {
  const whole = `${flow}:${businessKey}:${effect}:${occurrence}`;
  const safe = whole.replaceAll(/[^A-Za-z0-9:._-]/g, '_');
  return safe === whole && safe.length <= 90 ? safe : `${safe.slice(0, 80)}.${fingerprint(whole)}`;
}

/** The key as it was before any edit: what a case about the effect remembers. */
export const unedited = (key: string): string => key.replace(/\.e\d+(?=(:undo)?$)/, '');
