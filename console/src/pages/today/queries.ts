import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';

export type Stages = AnswerOf<'/api/orders/v1/stages'>;
export type Stage = Stages['stages'][number];
export type Truck = AnswerOf<'/api/orders/v1/trucks'>['trucks'][number];

/** Forecasts and what will miss a truck change as time goes by, though nothing happened, ms. */
const timePassesMs = 60_000;

export const stagesQuery = queryOptions({
  queryKey: ['orders', 'stages'],
  queryFn: () => answered(client.GET('/api/orders/v1/stages')),
  refetchInterval: timePassesMs,
});

export const trucksQuery = queryOptions({
  queryKey: ['orders', 'trucks'],
  queryFn: () => answered(client.GET('/api/orders/v1/trucks')),
  refetchInterval: timePassesMs,
});
