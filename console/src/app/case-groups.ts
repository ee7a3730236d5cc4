import { queryOptions } from '@tanstack/react-query';
import { answered } from '../client/answered.ts';
import { client } from '../client/client.ts';

/** The open cases by cause, the largest first: what Today shows and the navigation counts. */
export const caseGroupsQuery = queryOptions({
  // Not the key of the list on the page of the cases: that one keeps pages, and one key cannot hold both.
  queryKey: ['cases', 'causes'],
  queryFn: () => answered(client.GET('/api/cases/v1/groups', { params: { query: {} } })),
});
