import { useQuery } from '@tanstack/react-query';
import { Router } from '../../app/routes.ts';
import { StateBadge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { Page } from '../../parts/page.tsx';
import { count } from '../../words/count.ts';
import { duration } from '../../words/duration.ts';
import { type Product, productsQuery } from './api-queries.ts';

const columns: readonly Column<Product>[] = [
  { name: 'title', title: 'API', width: '8.5rem', cell: ({ title }) => title },
  { name: 'version', title: 'Version', width: '4.5rem', cell: ({ version }) => version },
  { name: 'lifecycle', title: 'Life', width: '6.5rem', cell: ({ lifecycle }) => <StateBadge state={lifecycle} /> },
  { name: 'description', title: 'What for', wraps: true, hideBelow: 'phone', cell: ({ description }) => description },
  {
    name: 'owner',
    title: 'Owner',
    width: '9rem',
    hideBelow: 'wide',
    wraps: true,
    cell: ({ owner }) => owner,
  },
  {
    name: 'plan',
    title: 'Plan',
    width: '8rem',
    hideBelow: 'wide',
    cell: ({ plan }) => (
      <span title={`${plan.name}: ${count(plan.requests)} requests in ${duration(plan.seconds)} for each caller`}>
        {count(plan.requests)} in {duration(plan.seconds)}
      </span>
    ),
  },
  {
    name: 'operations',
    title: 'Operations',
    align: 'end',
    width: '6rem',
    hideBelow: 'phone',
    cell: ({ operations }) => count(operations.length),
  },
];

/** The APIs that there are, each with who answers for it. */
export function Apis() {
  const { data, error, refetch } = useQuery(productsQuery);
  return (
    <Page
      title="APIs"
      lede="What other systems may ask of this installation: each with an owner, a version, a plan, and its documentation to try."
    >
      <List
        label="APIs"
        columns={columns}
        rows={data?.products}
        rowKey={({ product, version }) => `${product} ${version}`}
        rowLink={({ product, version }) => Router.Api({ product, version })}
        problem={error}
        retry={() => void refetch()}
        empty={<Empty title="This installation serves no API." />}
        expected={10}
      />
    </Page>
  );
}
