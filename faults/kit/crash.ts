import { setTimeout as wait } from 'node:timers/promises';
import type { CrashPlan } from '../../test/index.ts';
import type { FaultBook } from './fault-book.ts';
import type { FaultyNode, PlannedDeath } from './node.ts';
import type { Revival } from './scenario.ts';

export const crashName = ({ point, effect, nth, undo }: CrashPlan): string =>
  `kill -9 ${point}${effect === undefined ? '' : ` ${undo === true ? 'undo of ' : ''}${effect}`} (${nth})`;

/** Long enough that a peer has noticed and taken over. */
const takeoverMs = (leaseMs: number): number => leaseMs * 1.5 + 500;

/** Brings a dead node back. */
export async function revive(node: FaultyNode, revival: Revival, leaseMs: number): Promise<void> {
  node.prepare();
  if (revival === 'after lease') await wait(takeoverMs(leaseMs));
  await node.start();
}

/** Every node that is up gets the plan while the work is done; the first to die of it is revived, the others live on. */
export async function crashDuring(
  needs: {
    readonly nodes: readonly FaultyNode[];
    readonly faults: FaultBook;
    readonly leaseMs: number;
    readonly failed: (what: string) => void;
  },
  plan: CrashPlan,
  work: () => Promise<unknown>,
  revival: Revival,
): Promise<boolean> {
  const { faults, leaseMs } = needs;
  const fired = faults.plan(crashName(plan));
  const armed: (readonly [FaultyNode, PlannedDeath])[] = [];
  let isOver = false;
  let revivals: Promise<void>[] = [];
  for (const node of needs.nodes.filter((each) => each.isUp())) {
    const death = await node.dieAt(plan);
    armed.push([node, death]);
    const succession = node.ended().then(async () => {
      if (isOver || !death.isDead()) return;
      fired();
      await Promise.all(armed.map(([, other]) => other.disarm()));
      await revive(node, revival, leaseMs);
    });
    revivals.push(succession);
    succession.catch((thrown: unknown) => needs.failed(`${node.name} does not come back: ${String(thrown)}`));
  }
  await work();
  await Promise.all(armed.map(([, death]) => death.disarm()));
  const died = armed.some(([, death]) => death.isDead());
  revivals = revivals.filter((_, place) => armed[place]?.[1].isDead() === true);
  await Promise.all(revivals);
  isOver = true;
  return died;
}
