import { actAs } from './act-as.ts';
import { ordersIn, supervisorSees } from './orders.ts';

/** A page of the console: its name for screenshots and where it is. */
export interface Place {
  readonly name: string;
  readonly path: string;
  /** The button of a dialog to look at on it. */
  readonly opens?: string;
}

interface Subjects {
  /** An order that a person is asked about. */
  readonly troubled: string;
  /** An order that waits for somebody to release a hold. */
  readonly held: string;
  /** A case, and the group of its cause. */
  readonly caseId: string;
  readonly group: string;
}

/** A link by which somebody chooses a password. Looking at it opens nothing yet. */
async function invitation(): Promise<string> {
  const userName = 'ingrid';
  await actAs('adam', '/api/people/v1/people', { userName, name: 'Ingrid', role: 'viewer' });
  return (await actAs<{ path: string }>('adam', `/api/people/v1/people/${userName}/sign-in-links`, {})).path;
}

/** An act on all cases of a cause that changes nothing. */
async function bulkOn(group: string): Promise<string> {
  const path = `/api/cases/v1/groups/${encodeURIComponent(group)}/notes`;
  return (await actAs<{ id: string }>('susan', path, { reason: 'somebody looks at every page', atMost: 1_000 })).id;
}

/** Every page of the console, over what the demo's day has left. */
export async function allPlaces({ troubled, held, caseId, group }: Subjects): Promise<readonly Place[]> {
  const [completed = ''] = await ordersIn('completed');
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
    { name: 'order-change', path: `/orders/${held}?view=do`, opens: 'Change the order' },
    { name: 'order-troubled', path: `/orders/${troubled}` },
    { name: 'order-troubled-says', path: `/orders/${troubled}?view=says` },
    { name: 'cases', path: '/cases' },
    { name: 'cases-open', path: '/cases?state=open' },
    { name: 'cases-closed', path: '/cases?state=closed' },
    { name: 'case-group', path: `/cases/groups/${encodeURIComponent(group)}` },
    { name: 'case', path: `/cases/${caseId}` },
    { name: 'case-edit', path: `/cases/${caseId}`, opens: 'Edit and send' },
    { name: 'bulk', path: `/cases/bulks/${await bulkOn(group)}` },
    { name: 'approvals', path: '/approvals' },
    { name: 'systems', path: '/systems' },
    { name: 'system', path: '/systems/erp-main' },
    { name: 'system-pause', path: '/systems/erp-main', opens: 'Pause' },
    { name: 'integrations', path: '/integrations' },
    { name: 'apis', path: '/apis' },
    { name: 'api', path: '/apis/orders/v1' },
    { name: 'figures', path: '/figures' },
    ...figures.slice(0, 1).map(({ figure }) => ({ name: 'figure', path: `/figures/${figure}` })),
    { name: 'audit', path: '/audit' },
    { name: 'people', path: '/people' },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'invitation', path: await invitation() },
    { name: 'nowhere', path: '/there-is-no-such-page' },
  ];
}
