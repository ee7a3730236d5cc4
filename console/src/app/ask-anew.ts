import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * Has what matches asked anew. Who is being asked for the first time would only join the answer that is on its way, which may not know the
 * change yet: that is asked again when it has come. Resolves when all is answered.
 */
export async function askAnew(queries: QueryClient, matches: (query: Query) => boolean): Promise<void> {
  const first = queries
    .getQueryCache()
    .findAll({ fetchStatus: 'fetching', predicate: (query) => query.state.data === undefined && matches(query) });
  const again = (asked: Query): Promise<void> => queries.invalidateQueries({ predicate: (query) => query === asked });
  await Promise.all([
    queries.invalidateQueries({ predicate: matches }),
    // Without a fetch of its own: what is fetching answers with that one.
    ...first.map((query) =>
      query.fetch().then(
        () => again(query),
        () => again(query),
      ),
    ),
  ]);
}
