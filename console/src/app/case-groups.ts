import { queryOptions } from '@tanstack/react-query';
import { answered } from '../client/answered.ts';
import { client } from '../client/client.ts';

/** The open cases by cause, the largest first: what Today shows and the navigation counts. */
export const caseGroupsQuery = queryOptions({
  queryKey: ['cases', 'groups', {}],
  queryFn: () => answered(client.GET('/api/cases/v1/groups', { params: { query: {} } })),
});
