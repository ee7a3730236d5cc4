import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The outside system, in a process of its own. */
export interface Stub {
  readonly origin: string;
  stop(): void;
}

/** Starts it and waits until it listens. It answers at once, or after so long, ms. */
export async function startStub(answerMs = 0): Promise<Stub> {
  const child = fork(fileURLToPath(new URL('./stub-server.ts', import.meta.url)), [String(answerMs)], { execArgv: [] });
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { readonly origin: string }) => resolve(message.origin));
    child.once('exit', (code) => reject(new Error(`the stub server ended with ${code}`)));
  });
  return { origin, stop: () => child.disconnect() };
}
