import { later } from '../parts/later.ts';

/** The page of each place. A page is a folder of `pages/`; it is loaded when it is visited. */
export const pages = {
  Today: later(() => import('../pages/today/today.tsx'), 'Today'),
  Orders: later(() => import('../pages/orders/orders.tsx'), 'Orders'),
  Order: later(() => import('../pages/order/order.tsx'), 'Order'),
  Cases: later(() => import('../pages/cases/cases.tsx'), 'CasesPage'),
  CaseGroup: later(() => import('../pages/cases/case-group.tsx'), 'CaseGroup'),
  Bulk: later(() => import('../pages/cases/bulk.tsx'), 'BulkPage'),
  Case: later(() => import('../pages/case/case.tsx'), 'CasePage'),
  Approvals: later(() => import('../pages/approvals/approvals.tsx'), 'Approvals'),
  Systems: later(() => import('../pages/systems/systems.tsx'), 'Systems'),
  System: later(() => import('../pages/systems/system.tsx'), 'System'),
  Integrations: later(() => import('../pages/integrations/integrations.tsx'), 'Integrations'),
  Apis: later(() => import('../pages/apis/apis.tsx'), 'Apis'),
  Api: later(() => import('../pages/apis/api.tsx'), 'Api'),
  Figures: later(() => import('../pages/figures/figures.tsx'), 'Figures'),
  Figure: later(() => import('../pages/figure/figure.tsx'), 'FigurePage'),
  Audit: later(() => import('../pages/audit/audit.tsx'), 'Audit'),
  People: later(() => import('../pages/people/people.tsx'), 'People'),
  SignIn: later(() => import('../pages/sign-in/sign-in.tsx'), 'SignIn'),
  Invitation: later(() => import('../pages/sign-in/invitation.tsx'), 'Invitation'),
} as const;
