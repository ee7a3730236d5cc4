import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';

/** A case with all that is known of it. */
export type CaseView = AnswerOf<'/api/cases/v1/cases/{case}'>;

/** A case. Its key names the topic under which it changes. */
export const caseQuestion = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'one', id],
    queryFn: () => answered(client.GET('/api/cases/v1/cases/{case}', { params: { path: { case: id } } })),
  });
