/** FNV-1a, 32 bits, in base 36: tells two shortened names apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

/**
 * The idempotency key of one occurrence of an effect: business key, effect and occurrence, nothing of the run's id, so that it
 * is the same after a restore and a resubmission. At most 95 characters of `[A-Za-z0-9:._-]`.
 */
export function effectKey(flow: string, businessKey: string, effect: string, occurrence: string): string {
  const whole = `${flow}:${businessKey}:${effect}:${occurrence}`;
  const safe = whole.replaceAll(/[^A-Za-z0-9:._-]/g, '_');
  return safe === whole && safe.length <= 95 ? safe : `${safe.slice(0, 80)}.${fingerprint(whole)}`;
}
