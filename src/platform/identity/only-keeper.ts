import type { Roles } from './person.ts';
import type { Store } from './sessions.ts';
import { lockKeepers } from './sql/people.ts';

/**
 * Who alone is left who may make others; undefined: there are several, or none. They stay what they are until the transaction ends: ask
 * before the row of anybody else is locked, so that two who ask at once wait for each other in one order.
 */
export async function onlyKeeper(store: Store, { keeper }: Pick<Roles, 'keeper'>): Promise<string | undefined> {
  const { rows } = await store.query<{ user_name: string }>(lockKeepers, [keeper]);
  return rows.length === 1 ? rows[0]?.user_name : undefined;
}
