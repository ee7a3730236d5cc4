import { QueryClient, QueryClientProvider } from '@tanstack/react-query';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LiveUpdates } from './app/live-updates.tsx';
import { Shell } from './app/shell.tsx';
import './app/tokens.css';
import './app/base.css';
import { Problem } from './client/problem.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What is refused stays refused; what failed on the way is worth another try.
      retry: (count, thrown) => count < 2 && !(thrown instanceof Problem && thrown.status < 500),
    },
  },
});

const place = document.getElementById('console');
if (place === null) throw new Error('index.html has no place for the console');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LiveUpdates />
      <Shell />
    </QueryClientProvider>
  </StrictMode>,
);
