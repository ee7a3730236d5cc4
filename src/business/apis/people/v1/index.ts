export { peopleV1 } from './api.ts';
export type { PeopleNeeds } from './needs.ts';
