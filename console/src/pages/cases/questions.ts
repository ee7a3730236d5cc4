import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';

/** Open cases of one cause. */
export type Group = AnswerOf<'/api/cases/v1/groups'>['groups'][number];
/** A case as a line of a list. */
export type CaseLine = AnswerOf<'/api/cases/v1/cases'>['cases'][number];
/** What was done to a whole group, and how far it is. */
export type Bulk = AnswerOf<'/api/cases/v1/bulk-actions/{bulk}'>;

type Narrowing = Readonly<Record<string, string | undefined>>;

/** What the address narrows a list to, as the API's parameters. */
export function narrowed(address: Narrowing, names: readonly string[]): Record<string, string> {
  const given = names.map((name) => [name, address[name]] as const);
  return Object.fromEntries(given.filter((each): each is readonly [string, string] => each[1] !== undefined));
}

/** A page of the causes, the largest first. */
export async function groupsPage(filter: Readonly<Record<string, string>>, after: string | undefined) {
  const query = { ...filter, ...(after === undefined ? {} : { after }) };
  const { groups, next } = await answered(client.GET('/api/cases/v1/groups', { params: { query } }));
  return { rows: groups, next };
}

/** A page of cases. */
export async function casesPage(filter: Readonly<Record<string, string>>, after: string | undefined) {
  const query = { ...filter, ...(after === undefined ? {} : { after }) };
  const { cases, next } = await answered(client.GET('/api/cases/v1/cases', { params: { query } }));
  return { rows: cases, next };
}

/** One cause; `null` when none of its cases is open any more. */
export const groupQuestion = (group: string) =>
  queryOptions({
    queryKey: ['cases', 'group', group],
    queryFn: async () => {
      const { groups } = await answered(client.GET('/api/cases/v1/groups', { params: { query: { group } } }));
      return groups[0] ?? null;
    },
  });

/** How far a bulk is. */
export const bulkQuestion = (bulk: string) =>
  queryOptions({
    queryKey: ['cases', 'bulk', bulk],
    queryFn: () => answered(client.GET('/api/cases/v1/bulk-actions/{bulk}', { params: { path: { bulk } } })),
    // A bulk moves without any case being opened or closed for a while.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false),
  });
