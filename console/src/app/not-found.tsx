import { Link } from '@swan-io/chicane';
import { Empty } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';
import { Router } from './routes.ts';

/** Where an address leads nowhere. */
export function NotFound() {
  return (
    <Page title="There is no such page">
      <Empty title="The address may be from an older version of the console.">
        <Link to={Router.Today()}>Go to today</Link>
      </Empty>
    </Page>
  );
}
