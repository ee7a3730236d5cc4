export { Approval, approvalView, type Looker, mayDecide } from './approval.ts';
export { knownScopes, knowsSites, type Role, roleScopes, roles, scopesOf } from './roles.ts';
export { isSeenBy } from './sites.ts';
