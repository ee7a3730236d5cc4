import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { readRoute, writeRoute } from '#platform/gateway';
import { BulkView, bulkView } from './bulk-schema.ts';
import { BulkId, Reason } from './members.ts';
import { byConsumer, type CasesNeeds } from './needs.ts';

const BulkPath = Type.Object({ bulk: BulkId }, closed);
const noSuchBulk = (id: string) => ({ problem: 'not-found', detail: `There is no bulk ${id}.` });
const mostListed = 100;

export const listBulks = readRoute<CasesNeeds>()({
  name: 'listBulks',
  path: '/bulk-actions',
  summary: 'The latest hundred bulks and how far they are',
  access: { scope: 'cases:read' },
  answers: { ok: Type.Object({ bulks: Type.Array(BulkView) }, closed) },
  problems: [],
  handle: async (_, { bulks }) => ({ outcome: 'ok', body: { bulks: (await bulks.list(mostListed)).map(bulkView) } }),
});

export const showBulk = readRoute<CasesNeeds>()({
  name: 'showBulk',
  path: '/bulk-actions/{bulk}',
  summary: 'How far a bulk is',
  access: { scope: 'cases:read' },
  params: BulkPath,
  answers: { ok: BulkView },
  problems: [],
  handle: async ({ params }, { bulks }) => {
    const bulk = await bulks.show(params.bulk);
    return bulk === undefined ? noSuchBulk(params.bulk) : { outcome: 'ok', body: bulkView(bulk) };
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
  handle: async ({ params, body, consumer, intent }, { bulks }) => {
    const stopped = await bulks.stop(params.bulk, byConsumer(consumer), body.reason);
    const bulk = await bulks.show(params.bulk);
    if (bulk === undefined) return noSuchBulk(params.bulk);
    if (!stopped && !intent.repeated) {
      return { problem: 'bulk-not-running', detail: `The bulk is ${bulk.state}: there is nothing to stop.` };
    }
    return { outcome: 'ok', body: bulkView(bulk), ...(intent.repeated ? { replayed: true as const } : {}) };
  },
});
