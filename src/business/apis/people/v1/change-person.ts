import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { writeRoute } from '#platform/gateway';
import type { PeopleNeeds } from './needs.ts';
import { PersonChange, PersonView, UserName } from './person-schema.ts';
import { personProblem, personView, siteFailures } from './person-view.ts';

export const PersonPath = Type.Object({ userName: UserName }, closed);

export const changePerson = writeRoute<PeopleNeeds>()({
  name: 'changePerson',
  method: 'PATCH',
  path: '/people/{userName}',
  summary: 'Change name, role or warehouses of somebody, disable or enable them',
  description:
    'In force everywhere within a second, for sessions that have begun too. There is always an administrator left. Role and warehouses ' +
    'of somebody whom the identity provider proves are changed there.',
  access: { scope: 'people:manage' },
  params: PersonPath,
  body: PersonChange,
  remembers: 'gateway',
  answers: { ok: PersonView },
  problems: ['last-administrator', 'said-by-provider'],
  handle: async ({ params, body, by, intent }, { people, sites }) => {
    const errors = siteFailures(body.sites, sites);
    if (errors.length > 0) return { problem: 'invalid-request', detail: errors[0]?.message ?? '', errors };
    const changed = await people.change(params.userName, body, by);
    if (!changed.ok) return personProblem(changed);
    return { outcome: 'ok', body: personView(changed.person), ...(intent.repeated ? { replayed: true as const } : {}) };
  },
});
