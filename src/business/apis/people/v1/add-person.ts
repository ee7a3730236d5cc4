import { writeRoute } from '#platform/gateway';
import type { PeopleNeeds } from './needs.ts';
import { NewPerson, PersonView } from './person-schema.ts';
import { personProblem, personView, siteFailures } from './person-view.ts';

export const addPerson = writeRoute<PeopleNeeds>()({
  name: 'addPerson',
  method: 'POST',
  path: '/people',
  summary: 'Add somebody',
  description: 'They come in by a sign-in link, where they choose a password.',
  access: { scope: 'people:manage' },
  body: NewPerson,
  remembers: 'gateway',
  answers: { created: PersonView },
  problems: ['user-name-taken'],
  handle: async ({ body, by, intent }, { people, sites }) => {
    const errors = siteFailures(body.sites, sites);
    if (errors.length > 0) return { problem: 'invalid-request', detail: errors[0]?.message ?? '', errors };
    const added = await people.add(body, by);
    if (added.ok) return { outcome: 'created', body: personView(added.person) };
    const before = intent.repeated ? await people.find(body.userName) : undefined;
    return before === undefined
      ? personProblem(added)
      : { outcome: 'created', body: personView(before), replayed: true };
  },
});
