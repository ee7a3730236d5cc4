import type { ProblemType } from './failure.ts';
import type { Route } from './route.ts';

/** How far an API has come: what its consumers may count on. */
export type Lifecycle = 'development' | 'beta' | 'active' | 'deprecated' | 'sunset';

/** What each consumer may ask: `requests` in `seconds`, all at once or spread. */
export interface Plan {
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
}

/** An API product in one version: contract and policy together. Served under `/api/<product>/<version>`. */
export interface Api<Needs = never> {
  /** Kebab-case; also what its scopes begin with. */
  readonly product: string;
  /** `v1`, `v2`, … */
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly lifecycle: Lifecycle;
  readonly plan: Plan;
  /** Problems of its own, by code; the gateway's own codes need no line here. */
  readonly problems: Readonly<Record<string, ProblemType>>;
  readonly routes: readonly Route<Needs>[];
}

/**
 * Declares an API product.
 *
 * ```ts
 * export const pingV1 = defineApi<{ readonly name: string }>({
 *   product: 'ping', version: 'v1', title: 'Ping', description: 'Says who is there.', owner: 'platform team',
 *   lifecycle: 'active', plan: { name: 'standard', requests: 100, seconds: 1 }, problems: {},
 *   routes: [readRoute<{ readonly name: string }>()({
 *     name: 'ping', path: '/', summary: 'Who is there', access: { scope: 'ping:read' },
 *     answers: { ok: Type.String() }, problems: [],
 *     handle: async (_request, needs) => ({ outcome: 'ok', body: needs.name }),
 *   })],
 * });
 * ```
 */
export const defineApi = <Needs>(api: Api<Needs>): Api<Needs> => api;
