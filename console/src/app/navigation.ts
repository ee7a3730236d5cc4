import { Router } from './routes.ts';

/** The console's places, in the order in which they are shown. `key`: `g` and then this letter goes there. */
export const navigation = [
  { name: 'Today', to: Router.Today(), title: 'Today', key: 't' },
  { name: 'Orders', to: Router.Orders(), title: 'Orders', key: 'o' },
  { name: 'Cases', to: Router.Cases(), title: 'Cases', key: 'c' },
  { name: 'Systems', to: Router.Systems(), title: 'Systems', key: 's' },
  { name: 'Integrations', to: Router.Integrations(), title: 'Integrations', key: 'i' },
  { name: 'Apis', to: Router.Apis(), title: 'APIs', key: 'a' },
  { name: 'Figures', to: Router.Figures(), title: 'Figures', key: 'f' },
  { name: 'Audit', to: Router.Audit(), title: 'Audit', key: 'u' },
] as const;
