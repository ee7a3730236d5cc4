import type { FastifyRequest } from 'fastify';
import { isStream } from '../route.ts';
import type { CompiledRoute } from './compiled-route.ts';
import type { Refused } from './problem.ts';

/** Everything that is wrong with a request at once; undefined when nothing is. */
export function whatIsWrong<Needs>(
  compiled: CompiledRoute<Needs>,
  request: FastifyRequest,
  needs: Needs,
  now: string,
): Refused | undefined {
  const { route } = compiled;
  const body = compiled.failures('body', request.body);
  const more = body.length > 0 && !isStream(route) ? (route.findMore?.(request.body, needs, now) ?? []) : [];
  const known = new Set(body.map(({ path }) => path));
  const errors = [
    ...compiled.failures('params', request.params),
    ...compiled.failures('query', request.query),
    ...body,
    ...more.filter(({ path }) => !known.has(path)),
  ];
  if (errors.length === 0) return undefined;
  const detail = errors.length === 1 ? (errors[0]?.message ?? '') : `${errors.length} things are wrong; see errors.`;
  return { problem: 'invalid-request', detail, errors };
}
