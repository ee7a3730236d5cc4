import { lazy } from 'react';

/** The page of each place. A page is a folder of `pages/`; it is loaded when it is visited. */
export const pages = {
  Today: lazy(() => import('../pages/today/today.tsx')),
} as const;
