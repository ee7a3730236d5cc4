import { hashKey, keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { More } from './show-more.tsx';
import { wishForMore } from './wish-for-more.ts';

interface KeysetPage<Row> {
  readonly rows: readonly Row[];
  /** Where the page after it begins; absent: there is none. */
  readonly next?: string | undefined;
}

interface Keyset<Row> {
  /** Undefined while the first page is being loaded. */
  readonly rows: readonly Row[] | undefined;
  readonly more: More;
  readonly problem: unknown;
  readonly retry: () => void;
  /** Other rows are being loaded and the ones shown are those from before. */
  readonly isStale: boolean;
}

/**
 * The pages of a keyset list, one behind the other, for `<List {...keyset}>`. The key begins with its live topic.
 *
 * ```ts
 * const { rows, more, problem, retry } = useKeyset(['orders', 'list', filter], async (after) => {
 *   const { data } = await client.GET('/api/orders/v1/orders', { params: { query: { ...filter, after } } });
 *   return { rows: data.orders, next: data.next };
 * });
 * ```
 */
export function useKeyset<Row>(
  queryKey: QueryKey,
  fetchPage: (after: string | undefined) => Promise<KeysetPage<Row>>,
): Keyset<Row> {
  const query = useInfiniteQuery({
    // Pages are kept in another form than a single answer: a key that both had would break whichever came second.
    queryKey: [...queryKey, 'pages'],
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const hash = hashKey(queryKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is another wish.
  const wish = useMemo(wishForMore, [hash]);
  useEffect(() => wish.grant(query));
  return {
    rows: query.data?.pages.flatMap(({ rows }) => rows),
    more: {
      has: query.hasNextPage,
      isLoading: query.isFetchingNextPage,
      load: () => {
        // The pages of another list say nothing of this one's.
        if (!query.isPlaceholderData) wish.make(query);
      },
    },
    problem: query.error,
    retry: () => void query.refetch(),
    isStale: query.isPlaceholderData,
  };
}
