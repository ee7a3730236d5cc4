import type { Api } from '#platform/gateway';
import type { ApiProduct } from './product-schema.ts';

/** An API as its consumers choose it: what it is, who answers for it, and what can be asked. */
export function productOf(
  api: Omit<Api, 'routes'> & { readonly routes: readonly Api['routes'][number][] },
): ApiProduct {
  const { product, version, title, description, owner, lifecycle, plan, routes } = api;
  const base = `/api/${product}/${version}`;
  const scopes = routes.flatMap(({ access }) => (access === 'public' ? [] : [access.scope]));
  return {
    ...{ product, version, title, description, owner, lifecycle, base },
    plan: { name: plan.name, requests: plan.requests, seconds: plan.seconds },
    scopes: [...new Set(scopes)].sort(),
    openapi: `${base}/openapi.json`,
    operations: routes.map(({ name, method, path, summary, access }) => ({
      ...{ name, method, path, summary },
      ...(access === 'public' ? {} : { scope: access.scope }),
    })),
  };
}
