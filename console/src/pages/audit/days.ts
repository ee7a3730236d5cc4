/** The first instant of a day in the zone of who looks: `2026-03-10` → RFC 3339. A day that is none comes back as it is. */
export function startOfDay(day: string): string {
  const at = new Date(`${day}T00:00:00`);
  return Number.isNaN(at.valueOf()) ? day : at.toISOString();
}

/** The last instant of a day in the zone of who looks. */
export function endOfDay(day: string): string {
  const at = new Date(`${day}T23:59:59.999`);
  return Number.isNaN(at.valueOf()) ? day : at.toISOString();
}
