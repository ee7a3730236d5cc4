import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { writeRoute } from '#platform/gateway';
import { PersonPath } from './change-person.ts';
import type { PeopleNeeds } from './needs.ts';
import { SignInLink } from './person-schema.ts';

export const makeSignInLink = writeRoute<PeopleNeeds>()({
  name: 'makeSignInLink',
  method: 'POST',
  path: '/people/{userName}/sign-in-links',
  summary: 'Make a link by which somebody chooses a new password and comes in',
  description:
    'Good once, for a day. It is shown this once; the links before it open nothing any more. The same request again makes another.',
  access: { scope: 'people:manage' },
  params: PersonPath,
  body: Type.Object({}, closed),
  remembers: 'gateway',
  answers: { created: SignInLink },
  problems: ['said-by-provider', 'person-disabled'],
  handle: async ({ params, by }, { people }) => {
    const link = await people.link(params.userName, by);
    if (!('refused' in link)) return { outcome: 'created', body: link };
    const problem = { absent: 'not-found', provider: 'said-by-provider', disabled: 'person-disabled' }[link.refused];
    return { problem, detail: link.because };
  },
});

export const endSessions = writeRoute<PeopleNeeds>()({
  name: 'endSessions',
  method: 'DELETE',
  path: '/people/{userName}/sessions',
  summary: 'Sign somebody out everywhere',
  access: { scope: 'people:manage' },
  params: PersonPath,
  body: Type.Optional(Type.Object({}, closed)),
  remembers: 'gateway',
  answers: { ok: Type.Object({ ended: Type.Integer() }, closed) },
  problems: [],
  handle: async ({ params, by }, { people }) => {
    const ended = await people.endSessions(params.userName, by);
    return ended === undefined
      ? { problem: 'not-found', detail: `There is nobody called ${params.userName}.` }
      : { outcome: 'ok', body: { ended } };
  },
});
