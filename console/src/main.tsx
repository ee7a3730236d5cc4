import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/tokens.css';
import './app/base.css';
import { createQueries } from './app/queries.ts';
import { Shell } from './app/shell.tsx';
import { watchHands } from './client/attended.ts';

const place = document.getElementById('console');
if (place === null) throw new Error('index.html has no place for the console');
watchHands(window);
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={createQueries()}>
      <Shell />
    </QueryClientProvider>
  </StrictMode>,
);
