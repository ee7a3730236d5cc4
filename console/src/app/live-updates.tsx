import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/**
 * Listens to what changes and has it asked again: a query whose key begins with the topic (`['orders', …]`, `['cases', …]`) is asked
 * anew when it is on the screen. Query keys therefore begin with their topic.
 */
export function LiveUpdates(): null {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/live/v1/events');
    source.addEventListener('changed', (event) => {
      const { topic } = JSON.parse(event.data) as { topic: string };
      void queries.invalidateQueries({ queryKey: [topic] });
    });
    // Whatever happened while nobody listened is not told again.
    source.addEventListener('open', () => void queries.invalidateQueries());
    return () => source.close();
  }, [queries]);
  return null;
}
