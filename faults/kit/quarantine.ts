import { hireOperator } from './operator.ts';
import type { Stage } from './scenario.ts';

/** A message that was refused at the door, as a person sees it. */
export interface Refused {
  /** Who sent it, and under which identity: for a set of a file its place in it. */
  readonly key: string;
  /** What is wrong. */
  readonly summary: string;
  /** As it came. */
  readonly original: string;
}

/** What waits at the door, by the public API. */
export interface Quarantine {
  /** Every open one. */
  list(): Promise<readonly { readonly key: string; readonly id: string }[]>;
  show(id: string): Promise<Refused>;
}

interface Page {
  readonly cases: readonly { readonly key: string; readonly id: string }[];
  readonly next?: string;
}

/** Hires somebody who looks after it. */
export async function openQuarantine(stage: Stage): Promise<Quarantine> {
  const operator = await hireOperator(stage, 'door-keeper');
  const read = (path: string): Promise<Readonly<Record<string, unknown>>> =>
    stage.eventually(`GET ${path}`, async () => {
      const node = stage.nodes.find((each) => each.isUp());
      const answer =
        (await node) &&
        operator(node)
          .ask(path)
          .catch(() => undefined);
      return answer?.status === 200 ? answer.json : undefined;
    });
  return {
    list: async () => {
      const found = [];
      for (let after: string | undefined = ''; after !== undefined; ) {
        const from: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
        const page = (await read(`/api/cases/v1/cases?flow=quarantine&limit=200${from}`)) as unknown as Page;
        found.push(...page.cases);
        after = page.next;
      }
      return found;
    },
    show: async (id) => {
      const { key, summary, message } = await read(`/api/cases/v1/cases/${id}`);
      return {
        key: String(key),
        summary: String(summary),
        original: String((message as { original: string }).original),
      };
    },
  };
}
