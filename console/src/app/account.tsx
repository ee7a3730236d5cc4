import { Suspense, useState } from 'react';
import { useMe } from '../client/me.ts';
import { later } from '../parts/later.ts';

const AccountMenu = later(() => import('./account-menu.tsx'), 'AccountMenu');

/** Who one is here; opens what one may do about that. */
export function Account() {
  const me = useMe();
  const [wasOpened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className="account-button" popoverTarget="account" title={me?.name}>
        {me?.name ?? '…'}
      </button>
      <div id="account" popover="auto" className="account" onBeforeToggle={() => setOpened(true)}>
        {wasOpened && me !== undefined ? (
          <Suspense fallback={null}>
            <AccountMenu me={me} />
          </Suspense>
        ) : null}
      </div>
    </>
  );
}
