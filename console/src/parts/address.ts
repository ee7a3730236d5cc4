import { getLocation, pushUnsafe, replaceUnsafe, useLocation } from '@swan-io/chicane';

type Values = Readonly<Record<string, string | undefined>>;

/** The present address with some of its parameters changed; undefined and empty take one away. */
export function addressWith(change: Values): string {
  const { raw } = getLocation();
  const parameters = new URLSearchParams(raw.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? raw.path : `${raw.path}?${text}`;
}

/** Changes parameters of the address. `push` makes a step that one can go back from; filters only replace. */
export function changeAddress(change: Values, how: 'push' | 'replace' = 'replace'): void {
  (how === 'push' ? pushUnsafe : replaceUnsafe)(addressWith(change));
}

/** The parameters of the address, drawn anew when they change. */
export function useAddress(): Values {
  const { search } = useLocation();
  return Object.fromEntries(
    Object.entries(search).map(([name, value]) => [name, typeof value === 'string' ? value : value[0]]),
  );
}
