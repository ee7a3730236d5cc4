import { createRouter, pushUnsafe } from '@swan-io/chicane';

/**
 * Every address of the console. What a list is narrowed to stands in the address too, so that every view can be sent to somebody.
 * `Router.Orders({ state: 'held' })` is the address of a view.
 */
export const Router = createRouter({
  Today: '/',
  Orders: '/orders?:search&:state&:phase&:customer&:item&:site&:channel&:withCases&:due&:from&:to&:sort',
  Order: '/orders/:orderNumber?:view&:at',
  Cases: '/cases?:cause&:group&:customer&:owner&:instance&:severity&:overdue&:state&:sort',
  CaseGroup: '/cases/groups/:group?:sort&:owner',
  Case: '/cases/:caseId?:view',
  Bulk: '/cases/bulks/:bulkId',
  Approvals: '/approvals?:state',
  Systems: '/systems',
  System: '/systems/:lane',
  Integrations: '/integrations?:system',
  Apis: '/apis',
  Api: '/apis/:product/:version?:operation',
  Figures: '/figures?:from&:to&:group',
  Figure: '/figures/:figure?:from&:to',
  Audit: '/audit?:by&:action&:target&:from&:to',
  People: '/people',
  SignIn: '/sign-in?:back&:problem',
  Invitation: '/sign-in/link',
});

/** Names of all places, for matching. */
export const places = [
  'Today',
  'Orders',
  'Order',
  'Cases',
  'CaseGroup',
  'Case',
  'Bulk',
  'Approvals',
  'Systems',
  'System',
  'Integrations',
  'Apis',
  'Api',
  'Figures',
  'Figure',
  'Audit',
  'People',
  'SignIn',
  'Invitation',
] as const;

/** Goes to an address that was made before, as a link does. */
export const goTo = (address: string): void => pushUnsafe(address);
