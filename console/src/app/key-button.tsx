import { Suspense, useState } from 'react';
import { KeyHint } from '../parts/key-hints.tsx';
import { useKeys } from '../parts/keys.ts';
import { later } from '../parts/later.ts';

const KeyList = later(() => import('./key-list.tsx'), 'KeyList');

/** Shows the keys; so does `?`. */
export function KeyButton() {
  const [isOpen, setOpen] = useState<boolean>();
  useKeys([{ keys: '?', does: 'Show the keys', act: () => setOpen(true) }]);
  return (
    <>
      <button type="button" className="keys-button" onClick={() => setOpen(true)}>
        Keys <KeyHint keys="?" />
      </button>
      {isOpen === undefined ? null : (
        <Suspense fallback={null}>
          <KeyList isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
