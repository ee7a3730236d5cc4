import { lazy } from 'react';

/** The page of each place. A page is a folder of `pages/`; it is loaded when it is visited. */
export const pages = {
  Today: lazy(() => import('../pages/today/today.tsx')),
  Orders: lazy(() => import('../pages/orders/orders.tsx')),
  Order: lazy(() => import('../pages/order/order.tsx')),
  Cases: lazy(() => import('../pages/cases/cases.tsx')),
  CaseGroup: lazy(() => import('../pages/cases/case-group.tsx')),
  Bulk: lazy(() => import('../pages/cases/bulk.tsx')),
  Case: lazy(() => import('../pages/case/case.tsx')),
  Approvals: lazy(() => import('../pages/approvals/approvals.tsx')),
  Systems: lazy(() => import('../pages/systems/systems.tsx')),
  System: lazy(() => import('../pages/systems/system.tsx')),
  Integrations: lazy(() => import('../pages/integrations/integrations.tsx')),
  Apis: lazy(() => import('../pages/apis/apis.tsx')),
  Api: lazy(() => import('../pages/apis/api.tsx')),
  Figures: lazy(() => import('../pages/figures/figures.tsx')),
  Figure: lazy(() => import('../pages/figure/figure.tsx')),
  Audit: lazy(() => import('../pages/audit/audit.tsx')),
  People: lazy(() => import('../pages/people/people.tsx')),
  SignIn: lazy(() => import('../pages/sign-in/sign-in.tsx')),
  Invitation: lazy(() => import('../pages/sign-in/invitation.tsx')),
} as const;
