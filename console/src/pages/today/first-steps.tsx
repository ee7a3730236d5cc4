import { Link } from '@swan-io/chicane';
import { Router } from '../../app/routes.ts';
import { Card } from '../../parts/page.tsx';

/** What to do where no order has come in yet. */
export function FirstSteps() {
  return (
    <Card>
      <h2>No order has come in yet</h2>
      <ol>
        <li>
          Make a key for whoever sends orders:{' '}
          <code>npm run keys -- create --consumer web-shop --scopes orders:read,orders:write</code>
        </li>
        <li>
          Send an order: <Link to={Router.Api({ product: 'orders', version: 'v1' })}>the orders API</Link> documents
          itself, with examples to copy. Opportunities that are won in the CRM come in by themselves.
        </li>
        <li>
          See that the systems are there: <Link to={Router.Systems()}>systems</Link> and{' '}
          <Link to={Router.Integrations()}>integrations</Link> say how each of them is.
        </li>
      </ol>
      <p className="muted">From then on this page shows where every order stands, and changes by itself.</p>
    </Card>
  );
}
