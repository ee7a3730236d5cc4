import { useState } from 'react';
import { Button } from './button.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for who does not see: `Copy the request`. Shown is `Copy`. */
  readonly label: string;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [said, setSaid] = useState<string>();
  async function copy(): Promise<void> {
    // Browsers offer the clipboard only over https and on the machine itself.
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(done === true ? 'Copied' : 'Not allowed here');
    setTimeout(() => setSaid(undefined), 1_500);
  }
  return (
    <Button look="plain" className="copy" aria-label={said ?? label} onClick={() => void copy()}>
      <span aria-live="polite">{said ?? 'Copy'}</span>
    </Button>
  );
}
