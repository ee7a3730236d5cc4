import { isSeenBy } from '#business/apis';
import type { BulkAction, CaseDesk } from '#platform/exceptions';

/** Does whoever sees only `sites` see this case? For them one of none of these is not there. */
export const isCaseSeen = async (
  cases: Pick<CaseDesk, 'sitesOf'>,
  id: string,
  sites: readonly string[] | undefined,
): Promise<boolean> => sites === undefined || isSeenBy(sites, await cases.sitesOf(id));

/** A bulk that may take cases of other warehouses is not theirs to see. */
export const isBulkSeen = ({ sites: of }: BulkAction, sites: readonly string[] | undefined): boolean =>
  sites === undefined || (of?.every((site) => sites.includes(site)) ?? false);
