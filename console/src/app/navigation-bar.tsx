import { Link } from '@swan-io/chicane';
import { Suspense, useState } from 'react';
import { useMe } from '../client/me.ts';
import { useKeys } from '../parts/keys.ts';
import { later } from '../parts/later.ts';
import { zone } from '../words/when.ts';
import { KeyButton } from './key-button.tsx';
import { navigation, type Place } from './navigation.ts';
import { goTo } from './routes.ts';
import { useWaiting, type Waiting } from './waiting.ts';

const MorePlaces = later(() => import('./more-places.tsx'), 'MorePlaces');

interface PlaceLinkProps {
  readonly place: Place;
  readonly isCurrent: boolean;
  readonly waiting: Waiting;
  readonly onClick?: () => void;
}

function PlaceLink({ place, isCurrent, waiting, onClick }: PlaceLinkProps) {
  const count = waiting[place.name];
  return (
    <Link to={place.to} aria-current={isCurrent ? 'page' : undefined} {...(onClick === undefined ? {} : { onClick })}>
      <svg className="place-sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={place.sign} />
      </svg>
      <span className="place-title">{place.title}</span>
      {count === undefined ? null : (
        <span className="place-count" title={count.means}>
          {count.text}
          <span className="hidden"> {count.means}</span>
        </span>
      )}
    </Link>
  );
}

/** So many places have room at the foot of a phone; the others stand behind `More`. */
const phonePlaces = 4;

/** Where one can go: at the left, and on phones at the foot. */
export function NavigationBar({ current }: { readonly current: string | undefined }) {
  const me = useMe();
  const waiting = useWaiting();
  const [isMore, setMore] = useState<boolean>();
  const groups = navigation
    .map((group) => group.filter(({ scope }) => me?.scopes.includes(scope)))
    .filter((group) => group.length > 0);
  const places = groups.flat();
  useKeys(places.map(({ key, title, to }) => ({ keys: `g ${key}`, does: `Go to ${title}`, act: () => goTo(to) })));
  const link = (place: Place, onClick?: () => void) => (
    <li key={place.name}>
      <PlaceLink
        place={place}
        isCurrent={place.name === current}
        waiting={waiting}
        {...(onClick === undefined ? {} : { onClick })}
      />
    </li>
  );
  return (
    <>
      <nav className="side" aria-label="Main">
        <Link to="/" className="brand">
          <img src="/icon.svg" alt="" width="20" height="20" />
          Crossdock
        </Link>
        {groups.map((group) => (
          <ul className="places" key={group[0]?.name}>
            {group.map((place) => link(place))}
          </ul>
        ))}
        <div className="side-foot">
          <KeyButton />
          <span title="Every time in the console is in this zone.">{zone}</span>
        </div>
      </nav>
      <nav className="foot" aria-label="Main, short">
        <ul className="foot-places">
          {places.slice(0, phonePlaces).map((place) => link(place))}
          <li>
            <button type="button" aria-haspopup="dialog" onClick={() => setMore(true)}>
              <svg className="place-sign" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M2 4h12M2 8h12M2 12h12" />
              </svg>
              <span className="place-title">More</span>
            </button>
          </li>
        </ul>
      </nav>
      {isMore === undefined ? null : (
        <Suspense fallback={null}>
          <MorePlaces isOpen={isMore} onClose={() => setMore(false)}>
            {places.slice(phonePlaces).map((place) => link(place, () => setMore(false)))}
          </MorePlaces>
        </Suspense>
      )}
    </>
  );
}
