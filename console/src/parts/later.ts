import { type LazyExoticComponent, lazy, type ReactNode } from 'react';

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
): LazyExoticComponent<(props: Props) => ReactNode> => lazy(async () => ({ default: (await load())[name] }));
