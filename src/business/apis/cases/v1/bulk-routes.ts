import { type Static, type TProperties, Type } from 'typebox';
import { closed } from '#model/canonical';
import type { BulkActionName } from '#platform/exceptions';
import { type Route, writeRoute } from '#platform/gateway';
import { BulkPreview, BulkView, bulkView } from './bulk-schema.ts';
import { GroupName, Person, Reason } from './members.ts';
import { byConsumer, type CasesNeeds } from './needs.ts';

interface BulkBody {
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly atMost?: number;
  readonly to?: string | null;
}

const common = {
  reason: Reason,
  dryRun: Type.Optional(
    Type.Boolean({ description: 'Only say what it would do. The real one needs an Idempotency-Key of its own.' }),
  ),
  atMost: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Refuse when there are more by now: how many you have seen.' }),
  ),
};

function bulkRoute(action: BulkActionName, summary: string, members: TProperties = {}): Route<CasesNeeds> {
  const Body = Type.Object({ ...common, ...members }, closed);
  return writeRoute<CasesNeeds>()({
    name: `${action}Group`,
    method: 'POST',
    path: `/groups/{group}/${action === 'note' ? 'notes' : action}`,
    summary,
    description:
      'Takes the group’s cases as they are when it begins, by ship-by and age and in order for each business object, no faster than ' +
      'the outside system’s lane has room. It goes on when a node dies.',
    access: { scope: 'cases:decide' },
    params: Type.Object({ group: GroupName }, closed),
    body: Body,
    remembers: 'gateway',
    answers: { ok: BulkPreview, accepted: BulkView },
    problems: ['group-grew'],
    handle: async ({ params, body, consumer, intent }, { bulks }) => {
      const { dryRun, ...given } = body as Static<typeof Body> & BulkBody;
      const { group } = params;
      if (dryRun === true) {
        const { worth, notAllowed, ...counts } = await bulks.preview({ action, group });
        return { outcome: 'ok', body: { ...counts, worth: [...worth], notAllowed: [...notAllowed] } };
      }
      const started = await bulks.start({ ...given, action, group, by: byConsumer(consumer), intent: intent.key });
      if ('refused' in started) {
        const problem = started.refused === 'absent' ? 'not-found' : 'group-grew';
        return { problem, detail: started.because };
      }
      const view = bulkView(started.bulk);
      const replayed = intent.repeated ? { replayed: true as const } : {};
      return { outcome: 'accepted', body: view, location: view.links.self, ...replayed };
    },
  });
}

/** What may be done to a whole group. */
export const bulkRoutes: readonly Route<CasesNeeds>[] = [
  bulkRoute('retry', 'Send everything of a group again'),
  bulkRoute('skip', 'Go on without it, for a whole group'),
  bulkRoute('close', 'Close a whole group that nothing would close'),
  bulkRoute('assign', 'Give a whole group to somebody, or take it from them', {
    to: Type.Union([Person, Type.Null()], { description: 'A person or a team; null takes them from their owners.' }),
  }),
  bulkRoute('note', 'Write a note on every case of a group'),
];
