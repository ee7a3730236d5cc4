import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../client/answer-of.ts';
import { answered } from '../client/answered.ts';
import { client } from '../client/client.ts';

export type Lane = AnswerOf<'/api/lanes/v1/lanes'>['lanes'][number];
export type Feed = AnswerOf<'/api/feeds/v1/feeds'>['feeds'][number];

/** A backlog drains and a feed grows late without an event of its own, ms. */
const timePassesMs = 15_000;

export const lanesQuery = queryOptions({
  queryKey: ['lanes', 'list'],
  queryFn: () => answered(client.GET('/api/lanes/v1/lanes')),
  refetchInterval: timePassesMs,
});

export const feedsQuery = queryOptions({
  queryKey: ['feeds', 'list'],
  queryFn: () => answered(client.GET('/api/feeds/v1/feeds')),
  refetchInterval: timePassesMs,
});
