import type { FastifyReply } from 'fastify';
import type { ProblemReply, Reply } from '../answer.ts';
import type { ProblemType } from '../failure.ts';
import type { TextMedia } from '../route.ts';
import type {} from './http-types.ts';
import { outcomeStatus } from './openapi.ts';
import { problemDetails } from './problem.ts';

/** Sends a problem as RFC 9457 has it. */
export function sendProblem(
  reply: FastifyReply,
  problem: ProblemReply,
  own?: Readonly<Record<string, ProblemType>>,
): FastifyReply {
  const details = problemDetails(problem, reply.request.id, own);
  reply.request.problem = details.code;
  if (details.status === 401) reply.header('www-authenticate', 'Bearer realm="api"');
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply
    .status(details.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(details));
}

/** What a browser keeps a file under: nothing that a path or a header could be made of. */
const fileName = (name: string): string => name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100);

/** Sends a good answer: as JSON, or as the file that the route declares. */
export function sendReply(
  reply: FastifyReply,
  answer: Reply,
  { name, media }: { readonly name: string; readonly media?: TextMedia },
): FastifyReply {
  if (answer.replayed === true) reply.header('idempotency-replayed', 'true');
  if (answer.waited !== undefined) reply.header('preference-applied', `wait=${answer.waited}`);
  if (answer.location !== undefined) reply.header('location', answer.location);
  reply.status(outcomeStatus[answer.outcome]).header('cache-control', 'no-store');
  if (media === undefined)
    return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer.body));
  const file = fileName(answer.fileName ?? `${name}.${media.split('/')[1]}`);
  return reply
    .header('content-type', `${media}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${file}"`)
    .send(String(answer.body));
}
