/** An entry does not say of which warehouse it is; nor does a chain. */
export const notOfSome = {
  problem: 'not-of-some-warehouses',
  detail: 'The audit is of all warehouses: ask somebody who sees all of them.',
} as const;
