import type { PeopleReply, PeopleRequest, PeopleRoute } from '#platform/gateway';
import type { BegunSession } from '../sessions.ts';
import { callbackPath, type OidcRefusal, type OidcSignIn, ownPath } from './oidc-sign-in.ts';
import { underwayCookie, underwaySeconds } from './sign-in-cookie.ts';

/** Back to where people sign in, which says why they were not let in. */
const turnedAway = (problem: OidcRefusal): PeopleReply => ({
  redirect: `/sign-in?problem=${problem}`,
  clearCookies: [underwayCookie],
  ...(problem === 'provider-away' ? {} : { isRefusal: true }),
});

/** The two addresses of signing in with an identity provider. */
export const oidcRoutes = (
  signIn: OidcSignIn,
  welcome: (session: BegunSession, request: PeopleRequest) => Promise<PeopleReply>,
): readonly PeopleRoute[] => [
  {
    method: 'GET',
    path: '/session/oidc',
    name: 'oidc-begin',
    handle: async ({ origin, query }) => {
      const begun = await signIn.begin({ origin, goTo: ownPath(query.then) });
      if ('refused' in begun) return turnedAway(begun.refused);
      const cookie = { name: underwayCookie, value: begun.cookie, maxAgeSeconds: underwaySeconds };
      return { redirect: begun.redirect, setCookies: [cookie] };
    },
  },
  {
    method: 'GET',
    path: callbackPath,
    name: 'oidc-end',
    triesSecret: true,
    handle: async (request) => {
      const { url, cookies, address } = request;
      const ended = await signIn.end({ url, cookie: cookies[underwayCookie], address });
      if ('refused' in ended) return turnedAway(ended.refused);
      const { setCookies = [] } = await welcome(ended.came.session, request);
      return { redirect: ended.goTo, setCookies, clearCookies: [underwayCookie] };
    },
  },
];
