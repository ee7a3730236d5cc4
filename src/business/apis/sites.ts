/** Does somebody who sees only `sites` (absent: all) see what is of these warehouses? What is of none is seen by those who see all. */
export const isSeenBy = (sites: readonly string[] | undefined, of: readonly string[]): boolean =>
  sites === undefined || of.some((site) => sites.includes(site));
