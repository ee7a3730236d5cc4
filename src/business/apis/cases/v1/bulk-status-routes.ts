import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { readRoute, writeRoute } from '#platform/gateway';
import { BulkView, bulkView } from './bulk-schema.ts';
import { BulkId, Reason } from './members.ts';
import type { CasesNeeds } from './needs.ts';
import { isBulkSeen } from './seen.ts';

const BulkPath = Type.Object({ bulk: BulkId }, closed);

export const noSuchBulk = (id: string) => ({ problem: 'not-found', detail: `There is no bulk ${id}.` });
const mostListed = 100;

export const listBulks = readRoute<CasesNeeds>()({
  name: 'listBulks',
  path: '/bulk-actions',
  summary: 'The latest hundred bulks and how far they are',
  access: { scope: 'cases:read' },
  answers: { ok: Type.Object({ bulks: Type.Array(BulkView) }, closed) },
  problems: [],
  handle: async ({ sites }, { bulks }) => ({
    outcome: 'ok',
    body: { bulks: (await bulks.list(mostListed, sites)).map(bulkView) },
  }),
});

export const showBulk = readRoute<CasesNeeds>()({
  name: 'showBulk',
  path: '/bulk-actions/{bulk}',
  summary: 'How far a bulk is',
  access: { scope: 'cases:read' },
  params: BulkPath,
  answers: { ok: BulkView },
  problems: [],
  handle: async ({ params, sites }, { bulks }) => {
    const bulk = await bulks.show(params.bulk);
    return bulk === undefined || !isBulkSeen(bulk, sites)
      ? noSuchBulk(params.bulk)
      : { outcome: 'ok', body: bulkView(bulk) };
  },
});

export const stopBulk = writeRoute<CasesNeeds>()({
  name: 'stopBulk',
  method: 'POST',
  path: '/bulk-actions/{bulk}/stop',
  summary: 'Stop a bulk',
  description: 'It takes no more cases; what it has taken is finished. Cases that it has not reached stay as they are.',
  access: { scope: 'cases:decide' },
  params: BulkPath,
  body: Type.Object({ reason: Reason }, closed),
  remembers: 'gateway',
  answers: { ok: BulkView },
  problems: ['bulk-not-running'],
  handle: async ({ params, body, by, sites, intent }, { bulks }) => {
    const before = await bulks.show(params.bulk);
    if (before === undefined || !isBulkSeen(before, sites)) return noSuchBulk(params.bulk);
    const stopped = await bulks.stop(params.bulk, by, body.reason);
    const bulk = await bulks.show(params.bulk);
    if (bulk === undefined) return noSuchBulk(params.bulk);
    if (!stopped && !intent.repeated) {
      return { problem: 'bulk-not-running', detail: `The bulk is ${bulk.state}: there is nothing to stop.` };
    }
    return { outcome: 'ok', body: bulkView(bulk), ...(intent.repeated ? { replayed: true as const } : {}) };
  },
});
