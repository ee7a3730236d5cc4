import { setTimeout as wait } from 'node:timers/promises';
import type { Leadership } from '#platform/storage';

const nameForm = /^[a-z0-9][a-z0-9.-]{0,39}$/;

/** A process that was just ended is given so long to vanish from the database, ms. */
const patienceMs = 5_000;
/** More nodes than any one PostgreSQL bears. */
const mostNodes = 1_000;

/** Why a node cannot have the name that it was given. */
export class NodeNameRefused extends Error {
  override readonly name = 'NodeNameRefused';
}

async function keepGiven(leadership: Leadership, name: string): Promise<string> {
  if (!nameForm.test(name))
    throw new NodeNameRefused(
      `--node ${name}: use at most 40 of a-z, 0-9, dot and hyphen, beginning with a letter or number`,
    );
  for (const until = performance.now() + patienceMs; ; await wait(50)) {
    if (await leadership.keepName(name)) return name;
    if (performance.now() > until)
      throw new NodeNameRefused(
        `--node ${name}: a node of this name runs already on this database. Give another name, leave --node away, or stop that one.`,
      );
  }
}

/**
 * Gives this process a name that no other living one on the database has: the given one, else the first of `node-1`, `node-2`, … that
 * is free. So the names of an installation stay few, and a node that is started again goes on under its own.
 */
export async function takeNodeName(leadership: Leadership, given?: string): Promise<string> {
  if (given !== undefined) return keepGiven(leadership, given);
  for (let number = 1; number <= mostNodes; number += 1) {
    const name = `node-${number}`;
    if (await leadership.keepName(name)) return name;
  }
  throw new NodeNameRefused(`${mostNodes} nodes run on this database already`);
}
