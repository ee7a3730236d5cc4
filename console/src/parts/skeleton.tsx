import './skeleton.css';

interface SkeletonProps {
  /** What is awaited, for who does not see: `Orders`. */
  readonly label: string;
  /** How many lines are to be expected. Default 3. */
  readonly lines?: number;
}

/** The place of what is being loaded, so that nothing jumps when it comes. */
export function Skeleton({ label, lines = 3 }: SkeletonProps) {
  return (
    <div className="skeleton" role="status" aria-label={`${label}: loading`}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of nothing have no name but their place.
        <span key={line} style={{ width: `${90 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
