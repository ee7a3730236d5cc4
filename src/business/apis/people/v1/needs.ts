import type { PeopleDesk } from '#platform/identity';

/** What the handlers of the people API are given. */
export interface PeopleNeeds {
  readonly people: PeopleDesk;
  /** The warehouses of the installation. */
  readonly sites: readonly string[];
}
