import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An alert as a receiver of webhooks hears it. */
export interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Somebody whom alerts are told. */
export interface AlertReceiver {
  /** The `alerts` of a configuration that tells it everything of these rules. */
  settings(rules: readonly Readonly<Record<string, unknown>>[], secretFile: string): object;
  told(): readonly Told[];
  close(): Promise<void>;
}

/** Opens it on a free port. Messages are told apart by their id, as the receivers of Standard Webhooks must do. */
export async function openAlertReceiver(): Promise<AlertReceiver> {
  const told = new Map<string, Told>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    told.set(String(request.headers['webhook-id']), JSON.parse(Buffer.concat(chunks).toString('utf8')) as Told);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: (rules, secretFile) => ({
      channels: { harness: { kind: 'webhook', url: `http://127.0.0.1:${port}/`, secrets: [{ file: secretFile }] } },
      rules: rules.map((rule) => ({ ...rule, to: ['harness'] })),
      outgoing: { networks: ['127.0.0.0/8'] },
    }),
    told: () => [...told.values()],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
