import './shell.css';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { meQuery } from '../client/me.ts';
import { Problem } from '../client/problem.ts';
import { ProblemNote } from '../parts/problem.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Toasts } from '../parts/toast.tsx';
import { Account } from './account.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { LiveUpdates } from './live-updates.tsx';
import { placeOf } from './navigation.ts';
import { NavigationBar } from './navigation-bar.tsx';
import { NotFound } from './not-found.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { pages } from './pages.ts';
import { places, Router } from './routes.ts';
import { SearchBox } from './search-box.tsx';

const loading = (
  <main className="page" id="page">
    <Skeleton label="Page" lines={6} />
  </main>
);

/** What stands around every page: where one can go, what one looks for, who one is. Signing in has none of it. */
export function Shell() {
  const route = Router.useRoute(places);
  const isDoor = route?.name === 'SignIn' || route?.name === 'Invitation';
  const me = useQuery({ ...meQuery, enabled: !isDoor });
  const Page = (route === undefined ? undefined : pages[route.name as keyof typeof pages]) ?? NotFound;
  const page = (
    <PageBoundary key={route?.name}>
      <Suspense fallback={loading}>
        <Page />
      </Suspense>
    </PageBoundary>
  );
  if (isDoor) return page;
  if (me.data === undefined) {
    const isAway = me.error !== null && !(me.error instanceof Problem && me.error.status === 401);
    return isAway ? (
      <main className="page">
        <ProblemNote problem={me.error} retry={() => void me.refetch()} />
      </main>
    ) : (
      loading
    );
  }
  return (
    <div className="shell">
      <a className="skip" href="#page">
        Skip to the content
      </a>
      <LiveUpdates />
      <NavigationBar current={route === undefined ? undefined : (placeOf[route.name] ?? route.name)} />
      <div className="content">
        <header className="top">
          <SearchBox />
          <LiveIndicator />
          <Account />
        </header>
        {page}
      </div>
      <Toasts />
    </div>
  );
}
