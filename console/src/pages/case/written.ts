import type { CaseView } from './question.ts';

/** JSON where it is some, else the text. */
export function readable(original: string): unknown {
  try {
    return JSON.parse(original);
  } catch {
    return original;
  }
}

/** What was asked or sent as it is now, with which an edit begins: the effect's request, or the message that waits. */
export const asItIs = ({ request, message }: Pick<CaseView, 'request' | 'message'>): unknown =>
  request ?? (message === undefined ? undefined : readable(message.original));
