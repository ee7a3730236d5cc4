import { Dialog } from '../parts/dialog.tsx';
import { KeyHint } from '../parts/key-hints.tsx';
import { keysNow } from '../parts/keys.ts';

interface KeyListProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What can be done by keys on the page that is open. */
export function KeyList({ isOpen, onClose }: KeyListProps) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose}>
      <dl className="key-list">
        {(isOpen ? keysNow() : []).map(({ keys, does }) => (
          <div key={`${keys} ${does}`}>
            <dt>
              <KeyHint keys={keys} />
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
