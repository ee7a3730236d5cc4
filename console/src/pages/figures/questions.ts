import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';

/** A figure over the time asked for. */
export type Figure = AnswerOf<'/api/figures/v1/figures'>['figures'][number];

/** From and to, as the address has them; what is absent is the last seven days. */
export type Time = { readonly from?: string; readonly to?: string };

/** The time that the address says. */
export const timeOf = ({ from, to }: Readonly<Record<string, string | undefined>>): Time => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

export const figuresQuestion = (time: Time) =>
  queryOptions({
    queryKey: ['figures', 'list', time],
    queryFn: () => answered(client.GET('/api/figures/v1/figures', { params: { query: time } })),
    staleTime: 60_000,
  });

export const figureQuestion = (figure: string, time: Time) =>
  queryOptions({
    queryKey: ['figures', 'one', figure, time],
    queryFn: () =>
      answered(client.GET('/api/figures/v1/figures/{figure}', { params: { path: { figure }, query: time } })),
    staleTime: 60_000,
  });

/** A page of what stands behind a figure. */
export async function evidencePage(figure: string, time: Time, after: string | undefined) {
  const query = { ...time, ...(after === undefined ? {} : { after }) };
  return answered(client.GET('/api/figures/v1/figures/{figure}/evidence', { params: { path: { figure }, query } }));
}

/** Where a file can be had from. */
export function csvAddress(path: string, time: Time): string {
  const query = new URLSearchParams(time as Record<string, string>).toString();
  return `/api/figures/v1/${path}${query === '' ? '' : `?${query}`}`;
}
