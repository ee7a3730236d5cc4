/** A line of an order's narrative, as the API tells it. */
export interface StoryLine {
  readonly at: string;
  readonly run: string;
  readonly what: string;
  readonly who: string;
  readonly summary: string;
  readonly details?: unknown;
}
