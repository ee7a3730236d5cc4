import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AnswerOf } from './answer-of.ts';
import { answered } from './answered.ts';
import { client } from './client.ts';

/** Who is signed in, and what they may. */
export type Me = AnswerOf<'/api/people/v1/me'>;

/** Asks who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answered(client.GET('/api/people/v1/me')),
  staleTime: 60_000,
});

/** Who is signed in; undefined while it is not known. */
export const useMe = (): Me | undefined => useQuery(meQuery).data;

/** Whether who is signed in has a scope, e.g. `lanes:operate`. False while it is not known. */
export const useMay = (scope: string): boolean => useMe()?.scopes.includes(scope) ?? false;
