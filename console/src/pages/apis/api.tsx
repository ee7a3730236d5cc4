import './api.css';
import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { addressWith } from '../../parts/address.ts';
import { StateBadge } from '../../parts/badge.tsx';
import { Facts, Page } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Prose } from '../../parts/prose.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { count } from '../../words/count.ts';
import { duration } from '../../words/duration.ts';
import { documentQuery, productsQuery } from './api-queries.ts';
import { Method } from './method.tsx';
import { type Operation, operationsOf } from './open-api.ts';
import { OperationView } from './operation-view.tsx';

function OperationList({
  operations,
  current,
}: {
  readonly operations: readonly Operation[];
  readonly current: Operation;
}) {
  return (
    <nav className="operations" aria-label="Operations">
      <ul>
        {operations.map(({ name, method, path, operation }) => (
          <li key={name}>
            <Link
              to={addressWith({ operation: name })}
              aria-current={name === current.name ? 'page' : undefined}
              title={`${method} ${path}`}
            >
              <Method method={method} />
              <span>{operation.summary ?? name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** One API: what it is for, its operations, and trying them. */
export function Api() {
  const route = Router.useRoute(['Api']);
  const { product = '', version = '', operation } = route?.params ?? {};
  const { data, error, refetch } = useQuery(documentQuery(product, version));
  const found = useQuery(productsQuery).data?.products.find(
    (one) => one.product === product && one.version === version,
  );
  const operations = data === undefined ? [] : operationsOf(data);
  const current = operations.find(({ name }) => name === operation) ?? operations[0];
  return (
    <Page
      title={data === undefined ? product : `${data.info.title} ${data.info.version}`}
      above={{ to: Router.Apis(), title: 'APIs' }}
      lede={data?.info.description === undefined ? undefined : <Prose text={data.info.description} />}
      actions={<a href={`/api/${product}/${version}/openapi.json`}>OpenAPI document</a>}
    >
      {error === null ? null : <ProblemNote problem={error} retry={() => void refetch()} />}
      {found === undefined ? null : (
        <Facts
          facts={[
            ['Life', <StateBadge key="life" state={found.lifecycle} />],
            ['Owner', found.owner],
            [
              'Plan',
              `${found.plan.name}: ${count(found.plan.requests)} requests in ${duration(found.plan.seconds)} for each caller`,
            ],
            ['Base', <code key="base">{found.base}</code>],
            ['Scopes', found.scopes.join(', ')],
          ]}
        />
      )}
      {current === undefined ? (
        error === null ? (
          <Skeleton label="Documentation" lines={12} />
        ) : null
      ) : (
        <div className="api">
          <OperationList operations={operations} current={current} />
          <OperationView key={current.name} operation={current} />
        </div>
      )}
    </Page>
  );
}
