import type { Visibility } from '#platform/progress';
import { readAll } from '../order-run.ts';

/** What a caller may see of all orders: those of their warehouses, and without the wide scope those that they submitted. */
export const visibleTo = (request: {
  readonly by: string;
  readonly may: (scope: string) => boolean;
  readonly sites?: readonly string[];
}): Visibility => ({
  ...(request.sites === undefined ? {} : { sites: request.sites }),
  ...(request.may(readAll) ? {} : { source: request.by }),
});
