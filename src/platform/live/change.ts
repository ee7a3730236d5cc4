/** One thing that changed. */
export interface ChangedThing {
  readonly key: string;
  /** The warehouses that it is of; absent: it is everybody's. Of none: nobody's who sees some only. */
  readonly sites?: readonly string[];
}

/** Something of a topic changed: which things, or more than can be named. */
export interface Change<Topic extends string = string> {
  readonly topic: Topic;
  readonly things: readonly ChangedThing[] | 'many';
}

/** What a listener is told. */
export interface ToldChange<Topic extends string = string> {
  readonly topic: Topic;
  /** Absent: more than can be named. */
  readonly keys?: string[];
  readonly at: string;
}

/** What one listener hears of. */
export interface Hearing<Topic extends string = string> {
  readonly topics: ReadonlySet<Topic>;
  /** The only warehouses whose things it may know of; absent: all. */
  readonly sites?: readonly string[];
}

/** More are not named: whoever shows a list asks for it anew anyway. */
const mostKeys = 50;

/** What has changed since a listener was told last. */
export interface Gathered<Topic extends string> {
  /** True when there is something to tell. */
  add(change: Change<Topic>): boolean;
  /** Everything, which is then forgotten. */
  take(at: string): readonly ToldChange<Topic>[];
}

const isOf = (thing: ChangedThing, sites: readonly string[] | undefined): boolean =>
  sites === undefined || thing.sites === undefined || thing.sites.some((site) => sites.includes(site));

/** Gathers for one listener what it may hear of; bounded, whatever comes. */
export function gather<Topic extends string>({ topics, sites }: Hearing<Topic>): Gathered<Topic> {
  const gathered = new Map<Topic, Set<string> | 'many'>();
  return {
    add({ topic, things }) {
      if (!topics.has(topic)) return gathered.size > 0;
      const keys = gathered.get(topic) ?? new Set();
      const heard = things === 'many' ? things : things.filter((thing) => isOf(thing, sites)).map(({ key }) => key);
      if (heard === 'many' || keys === 'many') gathered.set(topic, 'many');
      else {
        for (const key of heard) keys.add(key);
        if (keys.size > 0) gathered.set(topic, keys.size > mostKeys ? 'many' : keys);
      }
      return gathered.size > 0;
    },
    take(at) {
      const told = [...gathered].map(([topic, keys]) => ({
        topic,
        ...(keys === 'many' ? {} : { keys: [...keys] }),
        at,
      }));
      gathered.clear();
      return told;
    },
  };
}
