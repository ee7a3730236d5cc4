import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';

export type LaneDetail = AnswerOf<'/api/lanes/v1/lanes/{lane}'>;

/** One lane with its history. A backlog drains without an event of its own. */
export const laneQuery = (lane: string) =>
  queryOptions({
    queryKey: ['lanes', 'one', lane],
    queryFn: () => answered(client.GET('/api/lanes/v1/lanes/{lane}', { params: { path: { lane } } })),
    refetchInterval: 10_000,
  });
