import { useState } from 'react';
import { Json } from '../../../parts/json.tsx';

interface Props {
  readonly summary: string;
  readonly details?: unknown;
}

/** A line of the story that opens to what was written about it, payloads as they were. */
export function StoryPayload({ summary, details }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="story-payload" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen ? <Json value={details} label={`What was written: ${summary}`} /> : null}
    </details>
  );
}
