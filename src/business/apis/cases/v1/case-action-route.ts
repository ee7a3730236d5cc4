import { type Static, type TProperties, Type } from 'typebox';
import { Approval, approvalView } from '#business/apis';
import { closed } from '#model/canonical';
import { type CaseAct, type CaseActionName, isRefused, type Refused } from '#platform/exceptions';
import { type Failure, type Route, writeRoute } from '#platform/gateway';
import { caseAct, caseIntent } from './acts-of-two.ts';
import { CaseDetail } from './case-schema.ts';
import { caseDetail } from './case-view.ts';
import { Reason } from './members.ts';
import type { CasesNeeds } from './needs.ts';
import { isCaseSeen } from './seen.ts';
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
  readonly scope: 'cases:work' | 'cases:decide' | 'cases:messages';
  /** Where it is not made of the action. */
  readonly name?: string;
  /** Only for cases that stand for a message. */
  readonly aboutMessages?: true;
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

/** What was asked about it before under this key, or is asked now: another person must allow it. */
async function askAnother(
  act: CaseAct,
  { id, key, isRepeated }: { readonly id: string; readonly key: string; readonly isRepeated: boolean },
  { cases, approvals }: CasesNeeds,
) {
  const asked = isRepeated ? await approvals.asked(act.by, caseIntent(key)) : undefined;
  if (asked !== undefined) return asked;
  const refused = await cases.check(id, act);
  if (refused !== undefined) return problemOf(refused, id);
  const detail = await cases.show(id);
  return detail === undefined ? noSuchCase(id) : approvals.ask(caseAct(act, detail, await cases.sitesOf(id), key));
}

const notAMessage = {
  problem: 'action-not-allowed',
  detail: 'It stands for no message: who decides about cases skips it.',
};

/** The route of one action about one case. */
export function actionRoute({
  action,
  name = `${action.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Case`,
  aboutMessages,
  path = action,
  scope,
  summary,
  description,
  members = {},
}: ActionRoute): Route<CasesNeeds> {
  const Body = Type.Object({ version: Version, reason: Reason, ...members }, closed);
  return writeRoute<CasesNeeds>()({
    name,
    method: 'POST',
    path: `/cases/{case}/${path}`,
    summary,
    description,
    access: { scope },
    params: CasePath,
    body: Body,
    remembers: 'gateway',
    answers: { ok: Acted, accepted: Approval },
    problems: ['case-changed', 'action-not-allowed'],
    handle: async ({ params, body, by, may, sites, intent, now }, needs) => {
      const { cases, approvals } = needs;
      const given = body as Static<typeof Body> & ActBody;
      if (!(await isCaseSeen(cases, params.case, sites))) return noSuchCase(params.case);
      if (aboutMessages && (await cases.show(params.case))?.record.run !== undefined) return notAMessage;
      const act = { ...given, action, by, intent: `${by}:${intent.key}` };
      if (approvals.isNeeded(`case.${action}`, by)) {
        const of = { id: params.case, key: intent.key, isRepeated: intent.repeated };
        const asked = await askAnother(act, of, needs);
        if ('problem' in asked) return asked;
        const location = `/api/approvals/v1/approvals/${asked.id}`;
        const replayed = intent.repeated ? { replayed: true as const } : {};
        return { outcome: 'accepted', body: approvalView(asked, { by, may }), location, ...replayed };
      }
      const acted = await cases.act(params.case, act);
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
