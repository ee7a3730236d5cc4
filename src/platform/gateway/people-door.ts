import type { ProblemReply } from './answer.ts';
import type { Caller } from './caller.ts';
import type { ProblemType } from './failure.ts';

/** The cookie by which a person who has signed in is known. */
export const sessionCookie = 'crossdock_session';

/**
 * The header by which a browser says that nobody's hand caused a question (it refreshes what is on the screen): a session is not used by
 * it, so that one before which nobody sits ends in its time.
 */
export const unattendedHeader = 'x-unattended';

/** What a route of the people's door is asked. A write from another origin never gets here. */
export interface PeopleRequest {
  /** Parsed JSON; undefined where none was sent. */
  readonly body: unknown;
  readonly cookies: Readonly<Record<string, string>>;
  /** A name that stands twice has its first value here. */
  readonly query: Readonly<Record<string, string>>;
  /** Path and query as they were asked, e.g. `/session/oidc/callback?code=…`. */
  readonly url: string;
  /** Where the browser believes to be, e.g. `https://crossdock.example`: what addresses for other servers begin with. */
  readonly origin: string;
  /** The network address of whoever asks, for records. */
  readonly address: string;
  readonly now: string;
}

/** A cookie to be kept: always HttpOnly, SameSite=Lax, on `/`, and Secure where the browser came by https. */
export interface PeopleCookie {
  readonly name: string;
  readonly value: string;
  /** Absent: until the browser closes. */
  readonly maxAgeSeconds?: number;
}

/** An answer that is no problem. */
export interface PeopleReply {
  /** Default 303 with `redirect`, 200 with `body`, else 204. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Where the browser shall go: a path of ours, or an https address. */
  readonly redirect?: string;
  readonly setCookies?: readonly PeopleCookie[];
  /** Names of cookies to be forgotten. */
  readonly clearCookies?: readonly string[];
  /** The redirect tells of a secret that was refused (a problem of the kind `unauthenticated` needs no such word). */
  readonly isRefusal?: true;
}

/** An address outside `/api` by which people come in or leave. Everyone may ask it: it decides for itself. */
export interface PeopleRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/session`, without parameters: `/session`, `/session/oidc/callback`. */
  readonly path: string;
  /** For records and metrics, kebab-case: `sign-in`. */
  readonly name: string;
  /**
   * It tries a secret (a password, a link's token): refusals are counted by address, and after too many the address is refused for a
   * time before the secret is tried at all.
   */
  readonly triesSecret?: true;
  /** Answers with a problem that the door declares, or one of the gateway's own (`invalid-request` with its errors, `unavailable`). */
  readonly handle: (request: PeopleRequest) => Promise<PeopleReply | ProblemReply>;
}

/**
 * Where people come in. The gateway asks it about every request that has the session's cookie and no key; it must remember
 * what it knows for a moment, as the gateway does with keys, and forget an ended session within a second.
 */
export interface PeopleDoor {
  /** Who a session's cookie belongs to; undefined when the session is unknown or has ended. `unattended`: that is no use of it. */
  readonly prove: (cookie: string, unattended?: boolean) => Promise<Caller | undefined>;
  readonly routes: readonly PeopleRoute[];
  /** Problems of its own, by code; a code of the kind `unauthenticated` counts as a refused secret. */
  readonly problems: Readonly<Record<string, ProblemType>>;
}
