import { Type } from 'typebox';
import type { Clock } from '#model/kernel';
import { recordAction } from '#platform/audit';
import {
  compileSchema,
  type PeopleDoor,
  type PeopleReply,
  type PeopleRequest,
  type PeopleRoute,
  type ProblemReply,
  sessionCookie,
} from '#platform/gateway';
import type { Database } from '#platform/storage';
import { type LinkNeeds, type LinkOpened, openLink } from './links.ts';
import { oidcRoutes } from './oidc/oidc-routes.ts';
import type { OidcSignIn } from './oidc/oidc-sign-in.ts';
import { TooManyPasswords } from './password.ts';
import { personTarget } from './person.ts';
import type { BegunSession, Sessions } from './sessions.ts';
import { type SignInNeeds, signIn } from './sign-in.ts';

export interface DoorNeeds extends SignInNeeds, LinkNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: Sessions;
  /** Absent: nobody is proven elsewhere. */
  readonly oidc?: { readonly name: string; readonly signIn: OidcSignIn };
}

const closed = { additionalProperties: false } as const;
const secret = Type.String({ maxLength: 200 });
const credentials = compileSchema(Type.Object({ userName: Type.String({ maxLength: 100 }), password: secret }, closed));
const opening = compileSchema(
  Type.Object({ token: Type.String({ maxLength: 100 }), password: Type.Optional(secret) }, closed),
);

const problems = {
  'sign-in-refused': { kind: 'unauthenticated', title: 'Name or password is wrong' },
  'sign-in-too-often': { kind: 'too-many', title: 'Too many tries for this name' },
  'link-refused': { kind: 'unauthenticated', title: 'This link opens nothing any more' },
  'password-needed': { kind: 'invalid', title: 'A password is to be chosen' },
  'password-refused': { kind: 'invalid', title: 'This password will not do' },
} as const satisfies PeopleDoor['problems'];

const busy: ProblemReply = {
  problem: 'unavailable',
  detail: 'Many people sign in at this moment: try again in some seconds.',
  retryAfterSeconds: 5,
};

const badLink: ProblemReply = {
  problem: 'link-refused',
  detail: 'The link was used, is too old, or is not whole. Ask for a new one.',
};

function linkProblem(opened: Extract<LinkOpened, { readonly refused: string }>): ProblemReply {
  if (opened.refused === 'unknown') return badLink;
  const isMissing = opened.refused === 'password-needed';
  const detail = 'because' in opened ? opened.because : 'Choose a password of at least 12 characters.';
  const code = isMissing ? 'required' : 'password-refused';
  return { problem: opened.refused, detail, errors: [{ code, path: '/password', message: detail }] };
}

/** Ways in and out for browsers, and the proof of who is in. */
export function createPeopleDoor(needs: DoorNeeds): PeopleDoor {
  const { database, clock, sessions, oidc } = needs;

  /** Whoever comes in begins anew: the session that the browser had before has ended. */
  async function welcome(session: BegunSession, { cookies, now }: PeopleRequest): Promise<PeopleReply> {
    const before = cookies[sessionCookie];
    if (before !== undefined) await sessions.end(database.pool, before);
    const maxAgeSeconds = Math.max(1, Math.floor((Date.parse(session.endsAt) - Date.parse(now)) / 1_000));
    return { setCookies: [{ name: sessionCookie, value: session.token, maxAgeSeconds }] };
  }

  const orBusy = async (work: () => Promise<PeopleReply | ProblemReply>): Promise<PeopleReply | ProblemReply> =>
    work().catch((thrown: unknown) => {
      if (thrown instanceof TooManyPasswords) return busy;
      throw thrown;
    });

  const routes: readonly PeopleRoute[] = [
    {
      method: 'GET',
      path: '/session',
      name: 'ways-in',
      handle: async () => ({
        body: {
          password: true,
          ...(oidc === undefined ? {} : { provider: { name: oidc.name, path: '/session/oidc' } }),
        },
        headers: { 'cache-control': 'no-store' },
      }),
    },
    {
      method: 'POST',
      path: '/session',
      name: 'sign-in',
      triesSecret: true,
      handle: (request) =>
        orBusy(async () => {
          const errors = credentials.failures(request.body);
          if (errors.length > 0) return { problem: 'invalid-request', detail: errors[0]?.message ?? '', errors };
          const { userName, password } = request.body as { userName: string; password: string };
          const came = await signIn(needs, { userName, password, address: request.address });
          if ('session' in came) return welcome(came.session, request);
          if (came.refused === 'credentials') {
            return { problem: 'sign-in-refused', detail: 'The user name or the password is wrong.' };
          }
          const detail = `Too many tries for this name: wait ${came.seconds} s.`;
          return { problem: 'sign-in-too-often', detail, retryAfterSeconds: came.seconds };
        }),
    },
    {
      method: 'DELETE',
      path: '/session',
      name: 'sign-out',
      handle: async ({ cookies }) => {
        const ended = await sessions.end(database.pool, cookies[sessionCookie] ?? '');
        if (ended !== undefined) {
          const person = personTarget(ended.userName);
          const details = { session: ended.id };
          await recordAction(database.pool, {
            target: person,
            action: 'sign-out',
            by: person,
            at: clock.now(),
            details,
          });
        }
        return { clearCookies: [sessionCookie] };
      },
    },
    {
      method: 'POST',
      path: '/session/link',
      name: 'open-link',
      triesSecret: true,
      handle: (request) =>
        orBusy(async () => {
          const errors = opening.failures(request.body);
          if (errors.length > 0) return { problem: 'invalid-request', detail: errors[0]?.message ?? '', errors };
          const given = request.body as { token: string; password?: string };
          const opened = await openLink(needs, { ...given, address: request.address });
          return 'session' in opened ? welcome(opened.session, request) : linkProblem(opened);
        }),
    },
    ...(oidc === undefined ? [] : oidcRoutes(oidc.signIn, welcome)),
  ];
  return { prove: sessions.prove, routes, problems };
}
