/** What a person may be. */
export const roles = ['viewer', 'operator', 'steward', 'supervisor', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Reads everything. */
const viewer = [
  'people:self',
  'orders:read',
  'orders:read-all',
  'cases:read',
  'lanes:read',
  'replays:read',
  'feeds:read',
  'products:read',
  'figures:read',
  'live:read',
  'approvals:read',
  'audit:read',
] as const;

/** Works cases, releases holds, changes and cancels orders. */
const operator = [...viewer, 'orders:write', 'orders:release-holds', 'cases:work', 'approvals:ask'] as const;

/** Also what came in and could not be read: mends it, sends it on, or gives it up. */
const steward = [...operator, 'cases:messages'] as const;

/** Decides: about cases and whole groups, lanes, replays, what others ask for, baselines. */
const supervisor = [
  ...steward,
  'cases:decide',
  'lanes:operate',
  'replays:plan',
  'replays:approve',
  'approvals:decide',
  'figures:baseline',
  'audit:verify',
  'people:read',
] as const;

/** Keeps people and keys, and reads what is needed for that; decides nothing of the business. */
const administrator = [...viewer, 'people:read', 'people:manage', 'audit:verify'] as const;

/** The one table of who may do what: every scope that a role has. */
export const roleScopes: Readonly<Record<Role, readonly string[]>> = {
  viewer,
  operator,
  steward,
  supervisor,
  administrator,
};

/**
 * Products, and single scopes, that know no warehouses: who may see some warehouses only has nothing there. A scope that is named itself
 * below is for everyone.
 */
const ofAllSites: readonly string[] = ['lanes', 'replays', 'feeds', 'figures:baseline', 'audit', 'people'];
const forEveryone: readonly string[] = ['people:self'];

/** Whether somebody who sees some warehouses only may have a scope at all. */
export const knowsSites = (scope: string): boolean =>
  forEveryone.includes(scope) ||
  !(ofAllSites.includes(scope) || ofAllSites.includes(scope.slice(0, scope.indexOf(':'))));

/** What a role may do; nothing for a role that there is not. */
export function scopesOf(role: string, isRestricted: boolean): ReadonlySet<string> {
  const scopes = Object.hasOwn(roleScopes, role) ? roleScopes[role as Role] : [];
  return new Set(isRestricted ? scopes.filter(knowsSites) : scopes);
}

/** Every scope that some role has. */
export const knownScopes: ReadonlySet<string> = new Set(Object.values(roleScopes).flat());
