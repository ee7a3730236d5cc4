import type { DemoPlatform } from './run-day.ts';
import type { DemoSystems } from './systems.ts';

/** Where everything of a running demo is. */
export interface Addresses {
  readonly url: string;
  readonly apiKey: string;
  /** The link that signs each person in, once, by first name in small letters. */
  readonly people: Readonly<Record<string, string>>;
  /** Where each simulator's dials are turned. */
  readonly controls: Readonly<Record<string, string>>;
}

export const addressesOf = (platform: DemoPlatform, { erp, crm, north, south }: DemoSystems): Addresses => ({
  url: platform.url,
  apiKey: platform.apiKey,
  people: Object.fromEntries(
    (platform.people ?? []).map(({ name, path }) => [name.toLowerCase(), `${platform.url}${path}`]),
  ),
  controls: {
    ...(erp.control === undefined ? {} : { 'erp-main': erp.control }),
    'crm-main': crm.control,
    'wms-north': north.control,
    'wms-south': south.control,
  },
});
