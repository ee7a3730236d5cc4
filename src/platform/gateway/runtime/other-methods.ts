import type { FastifyInstance, HTTPMethods } from 'fastify';
import type {} from './http-types.ts';
import { sendProblem } from './send.ts';

const allMethods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every method of an address that no route takes is answered as such, so that "not found" means what it says. */
export function refuseOtherMethods(app: FastifyInstance, taken: ReadonlyMap<string, readonly string[]>): void {
  for (const [url, methods] of taken) {
    app.route({
      method: allMethods.filter((method) => !methods.includes(method)),
      url,
      config: { access: 'public' },
      handler: async (_, reply) => {
        reply.header('allow', methods.join(', '));
        return sendProblem(reply, { problem: 'method-not-allowed', detail: `Use ${methods.join(' or ')} here.` });
      },
    });
  }
}
