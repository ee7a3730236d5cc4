import type { LedgerEntry } from './ledger.ts';
import type { Scripted } from './scripts.ts';

/** The other end of a simulator's control server, for the demo and tests. Every call throws an `Error` with what the simulator said. */
export interface ControlClient {
  dials(): Promise<Readonly<Record<string, unknown>>>;
  /** Merges. */
  turn(changes: object): Promise<Readonly<Record<string, unknown>>>;
  /** Adds targeted one-shot behaviours. */
  script(list: readonly object[]): Promise<void>;
  scripts(): Promise<readonly Scripted<Readonly<Record<string, unknown>>>[]>;
  act(name: string, input: object): Promise<unknown>;
  ledger(): Promise<readonly LedgerEntry[]>;
}

async function ask(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const answer = (await response.json()) as unknown;
  if (!response.ok) throw new Error(`${method} ${path}: ${(answer as { error: string }).error}`);
  return answer;
}

/** `url` is the `control` of a started simulator. */
export const controlClient = (url: string): ControlClient => ({
  dials: async () => (await ask(url, 'GET', '/dials')) as Record<string, unknown>,
  turn: async (changes) => (await ask(url, 'PUT', '/dials', changes)) as Record<string, unknown>,
  script: async (list) => {
    await ask(url, 'POST', '/scripts', list);
  },
  scripts: async () => (await ask(url, 'GET', '/scripts')) as Scripted<Record<string, unknown>>[],
  act: (name, input) => ask(url, 'POST', `/actions/${name}`, input),
  ledger: async () => (await ask(url, 'GET', '/ledger')) as LedgerEntry[],
});
