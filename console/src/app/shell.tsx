import { Link } from '@swan-io/chicane';
import { Suspense } from 'react';
import { navigation } from './navigation.ts';
import { NotFound } from './not-found.tsx';
import { pages } from './pages.ts';
import { places, Router } from './routes.ts';

/** What stands around every page: where one can go, what one looks for, who one is. */
export function Shell() {
  const route = Router.useRoute(places);
  const Page = route === undefined ? NotFound : (pages[route.name as keyof typeof pages] ?? NotFound);
  return (
    <div className="shell">
      <nav aria-label="Main">
        {navigation.map(({ to, title }) => (
          <Link key={to} to={to}>
            {title}
          </Link>
        ))}
      </nav>
      <Suspense fallback={null}>
        <Page />
      </Suspense>
    </div>
  );
}
