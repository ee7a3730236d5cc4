import type { AnswerOf } from '../../client/answer-of.ts';

/** An order as a line of a list. */
export type OrderSummary = AnswerOf<'/api/orders/v1/orders'>['orders'][number];
