import { Router } from './routes.ts';

/** A place of the console that stands in its navigation. */
export interface Place {
  readonly name: string;
  readonly to: string;
  readonly title: string;
  /** `g` and then this letter goes there. */
  readonly key: string;
  /** Who has not this scope is not offered it. */
  readonly scope: string;
  /** The path of its sign, in a box of 16. */
  readonly sign: string;
}

/** The console's places in the order in which they are shown: the day's work, what it runs on, and what is looked up. */
export const navigation: readonly (readonly Place[])[] = [
  [
    {
      name: 'Today',
      to: Router.Today(),
      title: 'Today',
      key: 't',
      scope: 'orders:read',
      sign: 'M2 8h3l2-5 3 10 2-5h2',
    },
    {
      name: 'Orders',
      to: Router.Orders(),
      title: 'Orders',
      key: 'o',
      scope: 'orders:read',
      sign: 'M3 2h10v12l-2-1.5L9.5 14 8 12.5 6.5 14 5 12.5 3 14zM5.5 5.5h5M5.5 8.5h5',
    },
    {
      name: 'Cases',
      to: Router.Cases(),
      title: 'Cases',
      key: 'c',
      scope: 'cases:read',
      sign: 'M8 2l6.5 11.5h-13zM8 6.5v3M8 11.5v.1',
    },
    {
      name: 'Approvals',
      to: Router.Approvals(),
      title: 'Approvals',
      key: 'p',
      scope: 'approvals:read',
      sign: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M5 8l2 2 4-4',
    },
  ],
  [
    {
      name: 'Systems',
      to: Router.Systems(),
      title: 'Systems',
      key: 's',
      scope: 'lanes:read',
      sign: 'M2 3h12v4h-12zM2 9h12v4h-12zM4.5 5v.1M4.5 11v.1',
    },
    {
      name: 'Integrations',
      to: Router.Integrations(),
      title: 'Integrations',
      key: 'i',
      scope: 'feeds:read',
      sign: 'M2 5h9l-2.5-2.5M14 11h-9l2.5 2.5',
    },
    {
      name: 'Apis',
      to: Router.Apis(),
      title: 'APIs',
      key: 'a',
      scope: 'products:read',
      sign: 'M5.5 4l-3.5 4 3.5 4M10.5 4l3.5 4-3.5 4',
    },
  ],
  [
    {
      name: 'Figures',
      to: Router.Figures(),
      title: 'Figures',
      key: 'f',
      scope: 'figures:read',
      sign: 'M2 14h12M4 14v-5M8 14v-11M12 14v-8',
    },
    {
      name: 'Audit',
      to: Router.Audit(),
      title: 'Audit',
      key: 'u',
      scope: 'audit:read',
      sign: 'M8 1.5l5.5 2v4c0 3.5-2.5 6-5.5 7-3-1-5.5-3.5-5.5-7v-4z',
    },
    {
      name: 'People',
      to: Router.People(),
      title: 'People',
      key: 'e',
      scope: 'people:read',
      sign: 'M8 2.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5M3 14c0-6 10-6 10 0',
    },
  ],
];

/** Which place of the navigation a page belongs to. */
export const placeOf: Readonly<Record<string, string>> = {
  Order: 'Orders',
  CaseGroup: 'Cases',
  Case: 'Cases',
  Bulk: 'Cases',
  System: 'Systems',
  Api: 'Apis',
  Figure: 'Figures',
};
