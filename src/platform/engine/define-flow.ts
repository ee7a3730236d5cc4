import type { Flow, FlowDefinition } from './flow.ts';
import { flowDefects } from './flow-defects.ts';
import { migrationDefects } from './migration.ts';
import type { Table, TableEffect } from './table.ts';

/** Thrown by `defineFlow`: every defect of the table at once. A program with such a flow does not start. */
export class FlowRefused extends Error {
  override readonly name = 'FlowRefused';
  readonly defects: readonly string[];

  constructor(flow: string, defects: readonly string[]) {
    super(`flow ${flow} is refused:\n- ${defects.join('\n- ')}`);
    this.defects = defects;
  }
}

/** Those of its states, and those that it must still know for runs of older versions. */
const effectsOf = (states: Table['states'], migrates: Table['migrates'] = []): ReadonlyMap<string, TableEffect> =>
  new Map(
    [
      ...migrates.flatMap(({ effects = [] }) => effects),
      ...Object.values(states).flatMap((state) => state.run ?? []),
    ].map((effect) => [effect.name, effect]),
  );

/**
 * Declares a flow from its map of state to document. What the types cannot see is checked at once: see `flowDefects`.
 *
 * ```ts
 * export const fulfilment = defineFlow<FulfilmentDocs>()({ name: 'fulfilment', version: 1, start: 'releasing', … });
 * ```
 */
export const defineFlow =
  <Docs>() =>
  <Input, Result, Start extends keyof Docs>(
    definition: FlowDefinition<Docs, Input, Result, Start>,
  ): Flow<Docs, Input, Result> => {
    // The one place where types are erased: from here on the engine passes each state's document only to that state's rules.
    const erased = definition as unknown as Omit<Table, 'effects' | 'everywhere' | 'ignore'> & Partial<Table>;
    const table: Table = {
      ...erased,
      everywhere: erased.everywhere ?? [],
      ignore: erased.ignore ?? [],
      effects: effectsOf(erased.states, erased.migrates),
    };
    const defects = [...flowDefects(table), ...migrationDefects(table)];
    if (defects.length > 0) throw new FlowRefused(table.name, defects);
    return { name: table.name, version: table.version, ended: { name: `${table.name}.ended` }, table };
  };
