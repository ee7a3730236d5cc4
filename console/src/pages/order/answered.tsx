import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';

interface Props<Answer> {
  readonly question: UseQueryResult<Answer>;
  /** What is awaited, for who does not see. */
  readonly label: string;
  readonly lines?: number;
  readonly children: (answer: NonNullable<Answer>) => ReactNode;
}

/** Shows an answer; until it is there its place, and when it fails why. What was there before stays when a later look fails. */
export function Answered<Answer>({ question, label, lines = 6, children }: Props<Answer>) {
  const { data, error, refetch } = question;
  if (data !== undefined && data !== null) return children(data);
  if (error !== null) return <ProblemNote problem={error} retry={() => void refetch()} />;
  return <Skeleton label={label} lines={lines} />;
}
