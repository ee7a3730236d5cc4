import type { AlertPost } from '../rule.ts';

/** Sends one post. The id is the same in every attempt. Throws when it was not taken, or nobody knows. */
export type Sender = (post: AlertPost, id: string, at: string) => Promise<void>;
