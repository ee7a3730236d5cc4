import type { ContenderClient } from '../flows/contender-client.ts';
import type { Driven } from '../flows/drive.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, next) => total + next, 0);

function together(driven: readonly Driven[]): Driven {
  return {
    flows: sum(driven.map(({ flows }) => flows)),
    advances: sum(driven.map(({ advances }) => advances)),
    seconds: sum(driven.map(({ seconds }) => seconds)) / driven.length,
    latencies: Float64Array.from(driven.flatMap(({ latencies }) => [...latencies])),
    cpuMs: sum(driven.map(({ cpuMs }) => cpuMs)),
    residentBytes: sum(driven.map(({ residentBytes }) => residentBytes)),
  };
}

/** Resolves all when the last of so many has come. */
function gate(size: number, opens: () => Promise<void>): () => Promise<void> {
  const opened = Promise.withResolvers<void>();
  let left = size;
  return () => {
    left -= 1;
    if (left === 0) opens().then(opened.resolve, opened.reject);
    return opened.promise;
  };
}

/** Several nodes driven as one: the load is shared out among them. */
export const groupOf = (name: string, nodes: readonly [ContenderClient, ...ContenderClient[]]): ContenderClient => ({
  name,
  pid: nodes[0].pid,
  startedInMs: Math.max(...nodes.map(({ startedInMs }) => startedInMs)),
  drive: async (how, edges) => {
    const opened = gate(nodes.length, edges.opened);
    const closed = gate(nodes.length, edges.closed);
    const share = { ...how, inFlight: Math.ceil(how.inFlight / nodes.length) };
    return together(await Promise.all(nodes.map((node) => node.drive(share, { opened, closed }))));
  },
  close: async () => {
    await Promise.all(nodes.map((node) => node.close()));
  },
});
