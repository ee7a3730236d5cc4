/** From so many times the usual stay on, an order stands unusually long; and never below so many seconds. */
const unusual = 4;
const leastSeconds = 120;

/** Whether the oldest of a stage has been there unusually long. Unknown without a usual stay. */
export function isLong(oldestSeconds: number | undefined, usualSeconds: number | undefined): boolean {
  if (oldestSeconds === undefined || usualSeconds === undefined) return false;
  return oldestSeconds > Math.max(leastSeconds, usualSeconds * unusual);
}
