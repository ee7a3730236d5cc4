import { ordersIn, supervisorSees } from './orders.ts';

/** A page of the console: its name for screenshots and where it is. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

interface Subjects {
  /** An order that a person is asked about. */
  readonly troubled: string;
  /** A case, and the group of its cause. */
  readonly caseId: string;
  readonly group: string;
}

/** Every page of the console, over what the demo's day has left. */
export async function allPlaces({ troubled, caseId, group }: Subjects): Promise<readonly Place[]> {
  const [completed = ''] = await ordersIn('completed');
  const [held = ''] = await ordersIn('held');
  const { figures } = await supervisorSees<{ figures: readonly { figure: string }[] }>('/api/figures/v1/figures');
  const views = ['lines', 'says', 'flow', 'messages', 'trace', 'do'];
  return [
    { name: 'today', path: '/' },
    { name: 'orders', path: '/orders' },
    { name: 'orders-none', path: '/orders?search=there-is-none' },
    { name: 'order', path: `/orders/${completed}` },
    ...views.map((view) => ({ name: `order-${view}`, path: `/orders/${completed}?view=${view}` })),
    { name: 'order-held', path: `/orders/${held}` },
    { name: 'order-held-do', path: `/orders/${held}?view=do` },
    { name: 'order-troubled', path: `/orders/${troubled}` },
    { name: 'order-troubled-says', path: `/orders/${troubled}?view=says` },
    { name: 'cases', path: '/cases' },
    { name: 'cases-open', path: '/cases?state=open' },
    { name: 'cases-closed', path: '/cases?state=closed' },
    { name: 'case-group', path: `/cases/groups/${encodeURIComponent(group)}` },
    { name: 'case', path: `/cases/${caseId}` },
    { name: 'approvals', path: '/approvals' },
    { name: 'systems', path: '/systems' },
    { name: 'system', path: '/systems/erp-main' },
    { name: 'integrations', path: '/integrations' },
    { name: 'apis', path: '/apis' },
    { name: 'api', path: '/apis/orders/v1' },
    { name: 'figures', path: '/figures' },
    ...figures.slice(0, 1).map(({ figure }) => ({ name: 'figure', path: `/figures/${figure}` })),
    { name: 'audit', path: '/audit' },
    { name: 'people', path: '/people' },
    { name: 'nowhere', path: '/there-is-no-such-page' },
  ];
}
