import type { AnswerOf } from '../../client/answer-of.ts';

type One = '/api/orders/v1/orders/{orderNumber}';

/** An order as it stands. */
export type OrderView = AnswerOf<One>;
export type OrderLine = OrderView['lines'][number];

/** Its story. */
export type Narrative = AnswerOf<`${One}/narrative`>;

/** A case of it or of one of its fulfilments. */
export type OrderCase = AnswerOf<'/api/cases/v1/cases'>['cases'][number];

/** A flow's picture with one run's way through it. */
export type FlowPicture = AnswerOf<`${One}/pictures`>['pictures'][number];

/** Who says what of it. */
export type Comparison = AnswerOf<`${One}/comparison`>;
export type ComparisonRow = Comparison['rows'][number];
export type ComparisonCell = ComparisonRow['cells'][number];

/** Everything that went over a wire. */
export type OrderExchanges = AnswerOf<`${One}/exchanges`>;
export type Exchange = OrderExchanges['exchanges'][number];

export type OrderTrace = AnswerOf<`${One}/trace`>;
export type Span = OrderTrace['spans'][number];

/** What may be done with it. */
export type OrderDeeds = AnswerOf<`${One}/deeds`>;
export type Deed = OrderDeeds['deeds'][number];
