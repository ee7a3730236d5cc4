import { Link } from '@swan-io/chicane';
import { Router } from './routes.ts';

export function NotFound() {
  return (
    <main className="page">
      <h1>There is no such page</h1>
      <p>
        The address may be from an older version of the console. <Link to={Router.Today()}>Go to today</Link>.
      </p>
    </main>
  );
}
