import type { Usage } from '../kit/bench-server.ts';
import { percentile } from '../kit/statistics.ts';
import { advancesPerFlow } from './contender.ts';
import type { ContenderClient } from './contender-client.ts';
import type { Drive, Driven } from './drive.ts';
import type { Stage } from './stage.ts';

/** One contender under load for a while. */
export interface Window {
  readonly contender: string;
  readonly flows: number;
  /** By the steps taken, so that it does not matter how many orders just ended. */
  readonly flowsPerSecond: number;
  /** Those alone that came to their end, however many have begun. */
  readonly endedPerSecond: number;
  /** Of one flow, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Of the contender and the database together. */
  readonly cpuMsPerFlow: number;
  /** Of it the contender's own process. */
  readonly ownCpuMsPerFlow: number;
  readonly residentMegabytes: number;
  readonly fsyncsPerFlow: number;
  readonly walBytesPerFlow: number;
}

function windowOf(contender: string, driven: Driven, before: Usage, after: Usage): Window {
  const { flows, latencies } = driven;
  // As many orders as the steps of the window make.
  const whole = driven.advances / advancesPerFlow;
  return {
    contender,
    flows,
    flowsPerSecond: whole / driven.seconds,
    endedPerSecond: flows / driven.seconds,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    cpuMsPerFlow: (driven.cpuMs + after.cpuMs - before.cpuMs) / whole,
    ownCpuMsPerFlow: driven.cpuMs / whole,
    residentMegabytes: driven.residentBytes / 1_048_576,
    fsyncsPerFlow: (after.fsyncs - before.fsyncs) / whole,
    walBytesPerFlow: (after.walBytes - before.walBytes) / whole,
  };
}

/** Drives a contender and reads the server's counters at the window's edges. `during` runs when it has opened. */
export async function observe(
  stage: Stage,
  contender: ContenderClient,
  how: Drive,
  during: () => Promise<void> = async () => undefined,
): Promise<Window> {
  let before: Usage | undefined;
  let after: Usage | undefined;
  const driven = await contender.drive(how, {
    opened: async () => {
      before = await stage.server.usage();
      await during();
    },
    closed: async () => {
      after = await stage.server.usage();
    },
  });
  if (before === undefined || after === undefined || driven.flows === 0) {
    throw new Error(
      `${contender.name} brought no order to its end within ${how.seconds} s: give it more with --seconds`,
    );
  }
  return windowOf(contender.name, driven, before, after);
}
