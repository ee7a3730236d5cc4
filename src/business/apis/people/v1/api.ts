import { defineApi } from '#platform/gateway';
import { addPerson } from './add-person.ts';
import { changePerson } from './change-person.ts';
import { endSessions, makeSignInLink } from './let-in.ts';
import { listPeople } from './list-people.ts';
import type { PeopleNeeds } from './needs.ts';
import { showMe } from './show-me.ts';

/** The people product, version 1: contract and policy. Scopes: `people:self`, `people:read`, `people:manage`. */
export const peopleV1 = defineApi<PeopleNeeds>({
  product: 'people',
  version: 'v1',
  title: 'People',
  description: 'Who may sign in, as what, and for which warehouses. What is done about somebody stands in the audit.',
  owner: 'platform team',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 200, seconds: 10 },
  problems: {
    'user-name-taken': { kind: 'conflict', title: 'Somebody has that user name' },
    'last-administrator': { kind: 'conflict', title: 'There must be an administrator' },
    'said-by-provider': { kind: 'conflict', title: 'The identity provider says that' },
    'person-disabled': { kind: 'conflict', title: 'They are disabled' },
  },
  routes: [showMe, listPeople, addPerson, changePerson, makeSignInLink, endSessions],
});
