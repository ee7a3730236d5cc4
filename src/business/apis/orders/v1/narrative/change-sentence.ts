import type { Cancellation, OrderChange, OrderDocument } from '#business/flows';

type Decided = Pick<OrderChange | Cancellation, 'verdict' | 'because'>;

const verdictText = ({ verdict, because }: Decided): string => {
  const why = because === undefined ? '' : `: ${because}`;
  switch (verdict) {
    case 'pending':
      return ' The warehouses are asked.';
    case 'accepted':
      return ' It was made.';
    case 'partly':
      return ` It was made in part${why}.`;
    case 'refused':
      return ` It was refused${why}.`;
    default:
      return verdict satisfies never;
  }
};

/** What came of the wish that this message brought, by the order's document; empty where the document does not know. */
export function verdictSentence(document: Partial<OrderDocument>, messageId: string): string {
  const change = document.changes?.find((each) => each.messageId === messageId);
  return change === undefined ? '' : verdictText(change);
}

export const cancellationSentence = ({ cancellation }: Partial<OrderDocument>, requestedAt: string): string =>
  cancellation?.requestedAt === requestedAt ? verdictText(cancellation) : '';

/** What a change asks for, where the document no longer says it in words. */
export function wishInWords({ changes }: Partial<OrderDocument>, messageId: string): string {
  const what = changes?.find((each) => each.messageId === messageId)?.what ?? [];
  return what.length === 0 ? '' : `: ${what.join(', ')}`;
}
