import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { hearChanges } from './hear-changes.ts';

/** Has what changes asked again, as long as it is drawn. */
export function LiveUpdates(): null {
  const queries = useQueryClient();
  useEffect(() => hearChanges(queries), [queries]);
  return null;
}
