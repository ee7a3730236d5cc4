import { type Role, scopesOf } from '#business/apis';
import { readRoute } from '#platform/gateway';
import type { PeopleNeeds } from './needs.ts';
import { Me } from './person-schema.ts';

const nobody = { problem: 'not-found', detail: 'You are no person who has signed in here.' };

export const showMe = readRoute<PeopleNeeds>()({
  name: 'showMe',
  path: '/me',
  summary: 'Who I am, what I may, and until when I am signed in',
  description: 'For people who have signed in; a key is nobody.',
  access: { scope: 'people:self' },
  answers: { ok: Me },
  problems: [],
  handle: async ({ by, credential }, { people }) => {
    if (!by.startsWith('person:')) return nobody;
    const [person, sessionEndsAt] = await Promise.all([
      people.find(by.slice('person:'.length)),
      people.sessionEndsAt(credential),
    ]);
    if (person === undefined || sessionEndsAt === undefined) return nobody;
    const { userName, name, role, sites } = person;
    return {
      outcome: 'ok',
      body: {
        userName,
        name,
        role: role as Role,
        ...(sites === undefined ? {} : { sites: [...sites] }),
        scopes: [...scopesOf(role, sites !== undefined)].toSorted(),
        sessionEndsAt,
      },
    };
  },
});
