import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import type { Order } from '#model/canonical';
import { advancesPerFlow, type Contender } from '../contender.ts';
import { boundedCall, type Calls } from '../work/calls.ts';
import type { Answer, BenchDocument, ShipmentConfirmation } from '../work/order-document.ts';
import { confirmationOf } from '../work/order-steps.ts';
import { createRendezvous, keyOf, walkOrder } from './order-walk.ts';
import { loadPeer, peerFile } from './packages.ts';

interface WorkflowContext {
  run(name: string, action: () => Promise<Answer>): Promise<Answer>;
  promise(name: string): PromiseLike<ShipmentConfirmation> & { resolve(value: ShipmentConfirmation): Promise<void> };
}

/** As much of Restate's SDK as the bench calls. */
interface Sdk {
  workflow(definition: object): object;
  createEndpointHandler(options: {
    readonly services: readonly object[];
    readonly logger: () => void;
  }): (request: never, response: never) => void;
}

async function freePort(): Promise<number> {
  const server = createSocketServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface RestateServer {
  readonly ingress: string;
  readonly admin: string;
  stop(): Promise<void>;
}

/** Its own server with its own durable log, on loopback. */
async function startServer(directory: string): Promise<RestateServer> {
  const base = await mkdtemp(join(tmpdir(), 'crossdock-bench-restate-'));
  const [node, ingress, admin] = [await freePort(), await freePort(), await freePort()];
  const binary = peerFile(
    directory,
    `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
  );
  const child = spawn(binary, ['--no-logo'], {
    stdio: 'ignore',
    env: {
      RESTATE_BASE_DIR: base,
      RESTATE_NODE_NAME: 'bench',
      RESTATE_LISTEN_MODE: 'tcp',
      RESTATE_BIND_IP: '127.0.0.1',
      RESTATE_BIND_PORT: String(node),
      RESTATE_INGRESS__BIND_PORT: String(ingress),
      RESTATE_ADMIN__BIND_PORT: String(admin),
      RESTATE_DISABLE_TELEMETRY: 'true',
      RESTATE_LOG_FILTER: 'error',
    },
  });
  // Whatever becomes of this process, the server does not outlive it.
  process.once('exit', () => child.kill('SIGKILL'));
  const broken = once(child, 'error').then(([error]) => Promise.reject(error));
  broken.catch(() => undefined);
  const exited = once(child, 'exit');
  const isUp = async (): Promise<boolean> => {
    const { statusCode, body } = await Promise.race([request(`http://127.0.0.1:${admin}/health`), broken]);
    await body.dump();
    return statusCode === 200;
  };
  for (let round = 0; !(await isUp().catch(() => false)); round += 1) {
    if (round > 200 || child.exitCode !== null) throw new Error('the Restate server does not come up here');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    ingress: `http://127.0.0.1:${ingress}`,
    admin: `http://127.0.0.1:${admin}`,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(base, { recursive: true, force: true });
    },
  };
}

/** Restate: a workflow whose runs are journalled by its server, which calls this process; a promise that a message resolves. */
export async function createRestate(directory: string, calls: Calls): Promise<Contender> {
  const sdk = await loadPeer<Sdk>(directory, '@restatedev/restate-sdk');
  const released = createRendezvous<BenchDocument>();
  const service = sdk.workflow({
    name: 'order',
    handlers: {
      run: async (context: WorkflowContext, order: Order) => {
        await walkOrder(order, {
          call: (step, asked) =>
            context.run(step.name, () =>
              calls.call(step.name, boundedCall(keyOf(order, step)), asked, order.lines.length),
            ),
          released: (document) => released.happened(order.orderNumber, document),
          shipment: async () => context.promise('shipment'),
        });
      },
      shipped: (context: WorkflowContext, message: ShipmentConfirmation) =>
        context.promise('shipment').resolve(message),
    },
  });
  const endpoint = createServer(
    sdk.createEndpointHandler({ services: [service], logger: () => undefined }) as never,
  ).listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  const server = await startServer(directory);
  const agent = new Agent({ connections: 256, pipelining: 1 });
  const post = async (url: string, body: unknown): Promise<void> => {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      dispatcher: agent,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${url}: status ${answer.statusCode} ${text}`);
  };
  const { port } = endpoint.address() as AddressInfo;
  await post(`${server.admin}/deployments`, { uri: `http://127.0.0.1:${port}` });
  let ended = 0;
  return {
    advances: () => ended * advancesPerFlow,
    run: async (order) => {
      const number = order.orderNumber;
      const leaves = released.expect(number);
      const run = post(`${server.ingress}/order/${number}/run`, order);
      const message = confirmationOf(number, (await leaves).lines);
      await post(`${server.ingress}/order/${number}/shipped`, message);
      await run;
      ended += 1;
    },
    close: async () => {
      await agent.close();
      await server.stop();
      endpoint.close();
      await calls.close();
    },
  };
}
