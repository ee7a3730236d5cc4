import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';
import { wishForMore } from './wish-for-more.ts';

const queries = new QueryClient();
afterEach(() => queries.clear());
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** A list whose calls are answered by hand, as `useKeyset` holds it. */
async function list() {
  const asked: { page: number; answer: (fails?: 'fails') => Promise<void> }[] = [];
  const observer = new InfiniteQueryObserver(queries, {
    queryKey: ['orders', 'list'],
    queryFn: ({ pageParam }) =>
      new Promise<number>((resolve, reject) =>
        asked.push({
          page: pageParam,
          answer: (fails) => {
            if (fails === undefined) resolve(pageParam);
            else reject(new Error('the platform is away'));
            return settle();
          },
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: (last: number) => last + 1,
    retry: false,
  });
  const wish = wishForMore();
  observer.subscribe((result) => wish.grant(result));
  await asked[0]?.answer();
  return {
    asked,
    near: () => wish.make(observer.getCurrentResult()),
    pages: () => observer.getCurrentResult().data?.pages,
  };
}

test('one who comes to the end while the list is asked anew gets more when that is over', async () => {
  const { asked, near, pages } = await list();
  void queries.invalidateQueries();
  near();
  await asked[1]?.answer();
  await asked[2]?.answer();
  expect(pages()).toEqual([1, 2]);
  expect(asked).toHaveLength(3);
});

test('a change while more is loaded does not take it away', async () => {
  const { asked, near, pages } = await list();
  near();
  expect(asked[1]?.page).toBe(2);
  void queries.invalidateQueries();
  await settle();
  await asked[2]?.answer();
  await asked[3]?.answer();
  expect(pages()).toEqual([1, 2]);
});

test('what fails is not asked for again by itself, and is when one wants it', async () => {
  const { asked, near, pages } = await list();
  near();
  await asked[1]?.answer('fails');
  expect(asked).toHaveLength(2);
  near();
  await asked[2]?.answer();
  expect(pages()).toEqual([1, 2]);
});
