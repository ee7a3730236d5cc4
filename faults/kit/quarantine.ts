import { hireOperator } from './operator.ts';
import type { Stage } from './scenario.ts';

/** A message that was refused at the door. */
export interface Refused {
  readonly id: string;
  /** Who sent it, and under which identity: of a set of a file its place in it. */
  readonly key: string;
  /** What is wrong. */
  readonly summary: string;
}

/** What waits at the door, as a person sees it over the public API. */
export interface Quarantine {
  /** Every open one. */
  list(): Promise<readonly Refused[]>;
  /** As it came. */
  original(id: string): Promise<string>;
}

interface Page {
  readonly cases: readonly Refused[];
  readonly next?: string;
}

/** Hires somebody who looks after it. */
export async function openQuarantine(stage: Stage): Promise<Quarantine> {
  const operator = await hireOperator(stage, 'door-keeper');
  const read = <Body>(path: string): Promise<Body> =>
    stage.eventually(`an answer to GET ${path}`, async () => {
      const node = stage.nodes.find((each) => each.isUp());
      return node === undefined
        ? undefined
        : operator(node)
            .read<Body>(path)
            .catch(() => undefined);
    });
  return {
    list: async () => {
      const found: Refused[] = [];
      let after = '';
      for (;;) {
        const page = await read<Page>(`/api/cases/v1/cases?flow=quarantine&limit=200${after}`);
        found.push(...page.cases);
        if (page.next === undefined) return found;
        after = `&after=${encodeURIComponent(page.next)}`;
      }
    },
    original: async (id) => {
      const detail = await read<{ readonly message: { readonly original: string } }>(`/api/cases/v1/cases/${id}`);
      return detail.message.original;
    },
  };
}
