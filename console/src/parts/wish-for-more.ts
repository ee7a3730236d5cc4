import type { InfiniteData } from '@tanstack/react-query';

/** How it stands with the pages of a list, as `useInfiniteQuery` says it. */
interface Standing {
  readonly data: InfiniteData<unknown> | undefined;
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

interface Wish {
  /** One has come near the end of what is shown. */
  readonly make: (standing: Standing) => void;
  /** To be called whenever it stands otherwise. */
  readonly grant: (standing: Standing) => void;
}

/**
 * A wish for one more page, kept until it is there. What is fetching cannot be asked for more, and a change that has all pages asked anew
 * puts an end to the call for the next one: without this, a list at whose end one stands would stay as it is.
 */
export function wishForMore(): Wish {
  let pages = 0;
  function ask({ data, hasNextPage, isFetching, isError, fetchNextPage }: Standing, insists: boolean): void {
    if (isFetching || (data?.pages.length ?? 0) >= pages) return;
    if (hasNextPage && (insists || !isError)) void fetchNextPage();
    else pages = 0;
  }
  return {
    make: (standing) => {
      pages = (standing.data?.pages.length ?? 0) + 1;
      // Whoever asks again after a failure means it.
      ask(standing, true);
    },
    grant: (standing) => ask(standing, false),
  };
}
