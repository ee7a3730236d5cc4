import { type Static, type TProperties, Type } from 'typebox';
import { closed } from '#model/canonical';
import { type CaseActionName, isRefused, type Refused } from '#platform/exceptions';
import { type Failure, type Route, writeRoute } from '#platform/gateway';
import { CaseDetail } from './case-schema.ts';
import { caseDetail } from './case-view.ts';
import { Person, Reason } from './members.ts';
import { byConsumer, type CasesNeeds } from './needs.ts';
import { CasePath, noSuchCase } from './show-case.ts';

const Version = Type.Integer({ minimum: 1, description: 'The version of the case on which you decided.' });

const Acted = Type.Object(
  {
    verdict: Type.Union([Type.Literal('applied'), Type.Literal('ignored')], {
      description: '`ignored`: by the time it arrived it did not fit any more, and changed nothing.',
    }),
    because: Type.Optional(Type.String()),
    case: CaseDetail,
  },
  closed,
);

interface ActionRoute {
  readonly action: CaseActionName;
  /** The last part of the path, where it is not the action. */
  readonly path?: string;
  readonly scope: 'cases:work' | 'cases:decide';
  readonly summary: string;
  readonly description: string;
  /** Of the body, beside version and reason. */
  readonly members?: TProperties;
}

interface ActBody {
  readonly version: number;
  readonly reason: string;
  readonly request?: unknown;
  readonly answer?: unknown;
  readonly to?: string | null;
}

function problemOf({ refused, because, failures }: Refused, id: string) {
  if (refused === 'absent') return noSuchCase(id);
  if (refused === 'stale') return { problem: 'case-changed', detail: because };
  if (refused === 'not-allowed') return { problem: 'action-not-allowed', detail: because };
  return { problem: 'invalid-request', detail: because, errors: failures ?? [] };
}

function actionRoute({
  action,
  path = action,
  scope,
  summary,
  description,
  members = {},
}: ActionRoute): Route<CasesNeeds> {
  const Body = Type.Object({ version: Version, reason: Reason, ...members }, closed);
  return writeRoute<CasesNeeds>()({
    name: `${action.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Case`,
    method: 'POST',
    path: `/cases/{case}/${path}`,
    summary,
    description,
    access: { scope },
    params: CasePath,
    body: Body,
    remembers: 'gateway',
    answers: { ok: Acted },
    problems: ['case-changed', 'action-not-allowed'],
    handle: async ({ params, body, consumer, intent, now }, { cases }) => {
      const given = body as Static<typeof Body> & ActBody;
      const by = byConsumer(consumer);
      const acted = await cases.act(params.case, { ...given, action, by, intent: `${by}:${intent.key}` });
      if (isRefused(acted)) return problemOf(acted, params.case);
      if (acted.verdict === 'ignored' && acted.failures !== undefined) {
        const errors: readonly Failure[] = acted.failures;
        return { problem: 'invalid-request', detail: acted.because, errors };
      }
      const detail = await cases.show(params.case);
      if (detail === undefined) return noSuchCase(params.case);
      return {
        outcome: 'ok',
        body: {
          verdict: acted.verdict,
          ...(acted.verdict === 'ignored' ? { because: acted.because } : {}),
          case: caseDetail(detail, now),
        },
        ...(intent.repeated ? { replayed: true as const } : {}),
      };
    },
  });
}

const Owner = Type.Union([Person, Type.Null()], { description: 'A person or a team; null takes it from its owner.' });

/** One route for each action. */
export const caseActionRoutes: readonly Route<CasesNeeds>[] = [
  actionRoute({
    action: 'retry',
    scope: 'cases:work',
    summary: 'Send it again',
    description:
      'Under the same key; where its outcome is unknown the outside system is asked first. A message is tried again.',
  }),
  actionRoute({
    action: 'edit-and-retry',
    scope: 'cases:work',
    summary: 'Send another request in its place',
    description: 'The whole request as it shall be, checked against the effect’s schema; what was changed is kept.',
    members: { request: Type.Unknown({ description: 'The whole request, or the whole message.' }) },
  }),
  actionRoute({
    action: 'answer',
    scope: 'cases:decide',
    summary: 'Go on by hand: say what came of it',
    description:
      'For what was done outside Crossdock. The answer is checked against the effect’s schema; for an undo it is null.',
    members: { answer: Type.Unknown({ description: 'As the outside system would have answered; null for an undo.' }) },
  }),
  actionRoute({
    action: 'not-done',
    scope: 'cases:decide',
    summary: 'Say that what is in doubt was not done',
    description: 'It is sent again under the same key, or given up where the run is being undone.',
  }),
  actionRoute({
    action: 'skip',
    scope: 'cases:decide',
    summary: 'Go on without it',
    description:
      'Only where the flow can: it says so of each effect. A message is given up, and what waits behind it goes on.',
  }),
  actionRoute({
    action: 'compensate',
    scope: 'cases:decide',
    summary: 'Give the run up and undo what was done',
    description: 'In reverse, step by step; what cannot be undone becomes a case of its own.',
  }),
  actionRoute({
    action: 'close',
    scope: 'cases:decide',
    summary: 'Close a case that nothing would close',
    description: 'A case that stands for a waiting effect or message closes by itself when that is decided.',
  }),
  actionRoute({
    action: 'assign',
    scope: 'cases:work',
    summary: 'Give it to somebody, or take it from them',
    description: 'Changes nothing else.',
    members: { to: Owner },
  }),
  actionRoute({
    action: 'escalate',
    scope: 'cases:work',
    summary: 'Escalate it by one level',
    description: 'With `to` it is given to somebody at once.',
    members: { to: Type.Optional(Person) },
  }),
  actionRoute({
    action: 'note',
    path: 'notes',
    scope: 'cases:work',
    summary: 'Write a note',
    description: 'The reason is its text. Closed cases take notes too.',
  }),
];
