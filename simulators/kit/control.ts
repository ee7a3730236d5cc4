import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A simulator's own act, e.g. `win-opportunity`. What it answers goes back as JSON; an `Error` becomes a 400 with its message. */
export type Action = (input: unknown) => Promise<unknown>;

export interface ControlNeeds {
  readonly dials: { current(): object; turn(changes: unknown): object };
  readonly scripts: { add(list: unknown): void; list(): readonly unknown[] };
  readonly ledger: () => readonly unknown[];
  readonly actions: Readonly<Record<string, Action>>;
}

export interface Control {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const limitBytes = 10_000_000;

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > limitBytes) throw new Error(`the body is longer than ${limitBytes} bytes`);
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new Error(`the body is not JSON: ${(thrown as Error).message}`);
  }
}

const found = (body: unknown): Answer => ({ status: 200, body });

async function answerTo(request: IncomingMessage, needs: ControlNeeds): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://control').pathname;
  const ask = `${request.method} ${path}`;
  if (ask === 'GET /dials') return found(needs.dials.current());
  if (ask === 'PUT /dials') return found(needs.dials.turn(await readJson(request)));
  if (ask === 'GET /ledger') return found(needs.ledger());
  if (ask === 'GET /scripts') return found(needs.scripts.list());
  if (ask === 'POST /scripts') {
    needs.scripts.add(await readJson(request));
    return found(needs.scripts.list());
  }
  const name = request.method === 'POST' ? /^\/actions\/([a-z-]+)$/.exec(path)?.[1] : undefined;
  if (name === undefined) return { status: 404, body: { error: `${ask} is not known here` } };
  const action = Object.hasOwn(needs.actions, name) ? needs.actions[name] : undefined;
  if (action === undefined) {
    const known = Object.keys(needs.actions).join(', ');
    return { status: 404, body: { error: `no action ${name}; there are: ${known}` } };
  }
  return found((await action(await readJson(request))) ?? {});
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Opens the control server of a simulator on 127.0.0.1: dials, scripts, ledger, actions. Port 0 takes a free one. */
export function startControl(needs: ControlNeeds, port: number): Promise<Control> {
  const server = createServer((request, response) => {
    answerTo(request, needs).then(
      (answer) => send(response, answer),
      (thrown: unknown) => send(response, { status: 400, body: { error: (thrown as Error).message } }),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
