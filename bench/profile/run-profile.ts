import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOtlpCollector } from '#platform/telemetry/testing';
import { setStage } from '../flows/stage.ts';
import { observe } from '../flows/window.ts';
import type { BenchArguments } from '../kit/bench-arguments.ts';
import { textTable } from '../kit/text-table.ts';
import { type CpuProfile, summariseProfile } from './summarise-profile.ts';

const longest = 60;

/** What may be looked at: ours by itself, which is also the default, or with everything on that watches. */
export const profiled = ['P1', 'P20'] as const;

/** The server's statements by the time they took; empty when it cannot tell. */
async function statements(stage: NonNullable<Awaited<ReturnType<typeof setStage>>>): Promise<readonly string[][]> {
  const { rows } = await stage.server.client.query<{ calls: string; ms: number; query: string }>(
    `select calls::text, total_exec_time as ms, query from pg_stat_statements order by total_exec_time desc limit 12`,
  );
  return rows.map(({ calls, ms, query }) => [ms.toFixed(0), calls, query.replaceAll(/\s+/g, ' ').slice(0, 90)]);
}

/** Runs `npm run bench -- profile`: ours under load for a while, and where its process and its statements spent the time. */
export async function runProfile(
  { seconds, directory, only }: BenchArguments,
  say: (line: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-profile-'));
  const stage = await setStage({ directory, settings: { shared_preload_libraries: 'pg_stat_statements' } });
  if (stage === undefined) throw new Error('the stage could not be set');
  const collector = only.includes('P20') ? await startOtlpCollector({ keeps: false }) : undefined;
  try {
    await stage.server.client.query('create extension if not exists pg_stat_statements');
    const watched = collector === undefined ? {} : { isObserved: true, collector: collector.url };
    const ours = await stage.enter({ kind: 'crossdock', ...watched }, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
    const window = await observe(stage, ours, { lines: 15, inFlight: 128, rampSeconds: 1, seconds });
    say(`${window.flowsPerSecond.toFixed(1)} flows/s; own cpu ${window.ownCpuMsPerFlow.toFixed(2)} ms a flow`);
    say(`\n${textTable(['ms', 'calls', 'statement'], await statements(stage))}`);
    await ours.close();
    const [file] = await readdir(folder);
    const profile = JSON.parse(await readFile(join(folder, file ?? ''), 'utf8')) as CpuProfile;
    const costs = summariseProfile(profile, process.cwd());
    const row = ({ where, selfMs, totalMs }: (typeof costs)[number]) => [selfMs.toFixed(0), totalMs.toFixed(0), where];
    say(`\n${textTable(['self ms', 'total ms', 'by own time'], costs.slice(0, longest).map(row))}`);
    const byTotal = costs.filter(({ where }) => where.includes('src/')).toSorted((a, b) => b.totalMs - a.totalMs);
    say(
      `\n${textTable(['self ms', 'total ms', 'ours, by time with what it calls'], byTotal.slice(0, longest).map(row))}`,
    );
  } finally {
    await collector?.close();
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
