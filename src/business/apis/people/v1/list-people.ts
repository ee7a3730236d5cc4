import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { readRoute } from '#platform/gateway';
import type { PeopleNeeds } from './needs.ts';
import { PersonView } from './person-schema.ts';
import { personView } from './person-view.ts';

export const listPeople = readRoute<PeopleNeeds>()({
  name: 'listPeople',
  path: '/people',
  summary: 'Everybody who may sign in, or might',
  access: { scope: 'people:read' },
  answers: { ok: Type.Object({ people: Type.Array(PersonView) }, closed) },
  problems: [],
  handle: async (_, { people }) => ({ outcome: 'ok', body: { people: (await people.list()).map(personView) } }),
});
