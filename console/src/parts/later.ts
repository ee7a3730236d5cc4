import { type LazyExoticComponent, lazy, type ReactNode } from 'react';

const lately = 'crossdock.loaded-anew';
const notAgainMs = 60_000;

const isThere = (): Promise<boolean> =>
  fetch('/', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * A file that is gone though the platform is there belongs to a console that was replaced: the page is loaded anew, with the console that is
 * there now. Not twice in a minute: then something else is wrong, and it is said.
 */
async function orAnew<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch (thrown) {
    const last = Number(sessionStorage.getItem(lately) ?? 0);
    if (Date.now() - last < notAgainMs || !(await isThere())) throw thrown;
    sessionStorage.setItem(lately, String(Date.now()));
    location.reload();
    return new Promise(() => undefined);
  }
}

/**
 * A component whose file is loaded when it is first shown.
 *
 * ```ts
 * const Plot = later(() => import('./plot.tsx'), 'Plot');
 * ```
 */
export const later = <Name extends string, Props>(
  load: () => Promise<Readonly<Record<Name, (props: Props) => ReactNode>>>,
  name: Name,
): LazyExoticComponent<(props: Props) => ReactNode> => lazy(async () => ({ default: (await orAnew(load))[name] }));
