import { QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '../client/problem.ts';
import { signInAgain } from './sign-in-again.ts';

/** Nobody is signed in any more: they sign in and come back. */
function hear(thrown: unknown): void {
  if (thrown instanceof Problem && thrown.status === 401) signInAgain();
}

/** The console's store of what it asked for. */
export function createQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: hear }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What is refused stays refused; what failed on the way is worth another try.
        retry: (count, thrown) => count < 2 && !(thrown instanceof Problem && thrown.status < 500),
      },
    },
  });
}
