import type { TSchema } from 'typebox';
import type { Api } from '../api.ts';
import type { Failure } from '../failure.ts';
import { isStream, type Route } from '../route.ts';
import { compileSchema, type SchemaCheck } from '../schema-failures.ts';
import { gatewayProblems } from './problem-table.ts';

type Part = 'params' | 'query' | 'body';

/** A route ready to run: its schemas compiled, its place in the address known. */
export interface CompiledRoute<Needs, Kind extends Route<Needs> = Route<Needs>> {
  readonly api: Api<Needs>;
  readonly route: Kind;
  /** As the framework writes it: `/api/<product>/<version>/things/:thing`. */
  readonly url: string;
  /** Everything that is wrong with a part of a request; a part without schema must be empty. */
  failures(part: Part, value: unknown): readonly Failure[];
  /** What is wrong with one of our own answers, by its outcome, or with one of our own events, by its name. */
  answerFailures(named: string, body: unknown): readonly Failure[];
}

const places: Readonly<Record<Part, Failure['in']>> = { params: 'path', query: 'query', body: undefined };

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** Why a declaration may not be served; empty when it may. Deny by default begins here. */
function defects<Needs>(api: Api<Needs>): readonly string[] {
  const found: string[] = [];
  const names = new Set<string>();
  for (const code of Object.keys(api.problems)) {
    if (Object.hasOwn(gatewayProblems, code)) found.push(`its problem ${code} has the name of one of the gateway's`);
  }
  for (const route of api.routes) {
    const say = (what: string): number => found.push(`route ${route.name} (${route.method} ${route.path}) ${what}`);
    if (names.has(route.name)) say('has the name of another');
    names.add(route.name);
    const access: unknown = route.access;
    if (access !== 'public') {
      const scope = typeof access === 'object' && access !== null && 'scope' in access ? access.scope : undefined;
      if (typeof scope !== 'string') say('has no access policy: give a scope, or say public');
      else if (!scope.startsWith(`${api.product}:`)) say(`asks for scope ${scope}, which is not of ${api.product}`);
    }
    if (access === 'public' && route.method !== 'GET') say('writes and is public');
    if (isStream(route) && Object.keys(route.events).length === 0) say('streams and declares no event');
    if (!isStream(route) && route.method !== 'GET' && route.remembers === undefined)
      say('writes and does not say who remembers its key');
    for (const code of route.problems) if (!Object.hasOwn(api.problems, code)) say(`names the unknown problem ${code}`);
  }
  return found;
}

/** Compiles an API's routes. Throws with everything that is wrong in its declaration. */
export function compileRoutes<Needs>(api: Api<Needs>): readonly CompiledRoute<Needs>[] {
  const wrong = defects(api);
  if (wrong.length > 0) throw new Error(`API ${api.product} ${api.version} cannot be served: ${wrong.join('; ')}`);
  return api.routes.map((route) => compile(api, route));
}

function compile<Needs>(api: Api<Needs>, route: Route<Needs>): CompiledRoute<Needs> {
  const parts = { params: route.params, query: route.query, body: isStream(route) ? undefined : route.body };
  const checks: Partial<Record<Part, SchemaCheck<TSchema>>> = {};
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = parts[part];
    if (schema !== undefined) checks[part] = compileSchema(schema);
  }
  const answers = new Map<string, SchemaCheck<TSchema>>();
  const told: Readonly<Record<string, TSchema | undefined>> = isStream(route) ? route.events : route.answers;
  for (const [named, schema] of Object.entries(told)) {
    if (schema !== undefined) answers.set(named, compileSchema(schema));
  }
  const path = route.path === '/' ? '' : route.path.replaceAll(/\{([^}]+)\}/g, ':$1');
  return {
    api,
    route,
    url: `/api/${api.product}/${api.version}${path}`,
    failures(part, value) {
      const check = checks[part];
      const place = places[part];
      const at = place === undefined ? {} : { in: place };
      if (check !== undefined) return check.failures(value).map((failure) => ({ ...at, ...failure }));
      if (isEmpty(value)) return [];
      return [
        {
          ...at,
          code: 'unknown-member',
          path: '',
          message: `Leave the ${place ?? 'body'} empty: nothing is taken there.`,
        },
      ];
    },
    answerFailures(named, body) {
      const check = answers.get(named);
      if (check === undefined) return [{ code: 'undeclared', path: '', message: `${named} is not declared` }];
      return check.failures(body);
    },
  };
}
