import { Fault, faultRecord } from '#model/kernel';
import { type Advance, begin, type Flow, type JournalEntry, type Message, type RunState, step } from '#platform/engine';

/** What an actor answers who does not answer: the effect stays under way. */
export const underWay = Symbol('under way');

/** Answers one effect: the answer, a `Fault` returned or thrown, or `underWay`. The actor `undo <name>` undoes it; without one the undo succeeds. */
export type Actor = (request: never, occurrence: string) => unknown;

interface Pending {
  readonly flow: string;
  readonly key: string;
  readonly message: Omit<Message, 'id' | 'at'>;
}

const start = Date.parse('2026-03-02T09:00:00.000Z');

/**
 * Plays runs of several flows in memory, without engine, database or clock: effects are answered by actors named like them,
 * children are started, messages between runs delivered, in the order in which they were made, until nothing is left to do.
 */
export function createStory(
  flows: readonly Flow[],
  actors: Readonly<Record<string, Actor>>,
  /** Called after each advance, before what it set going. */
  watch: () => void = () => undefined,
) {
  const tables = new Map(flows.map((flow) => [flow.name, flow.table]));
  const runs = new Map<string, RunState>();
  const journal: { readonly run: string; readonly at: string; readonly entry: JournalEntry }[] = [];
  const calls: { readonly effect: string; readonly request: unknown }[] = [];
  const early: Pending[] = [];
  const queue: Pending[] = [];
  let messages = 0;

  const tableOf = (flow: string) => {
    const table = tables.get(flow);
    if (table === undefined) throw new Error(`no flow ${flow} in this story`);
    return table;
  };
  const at = (): string => new Date(start + messages * 1_000).toISOString();

  function perform(flow: string, key: string, asked: Advance['ask'][number]): void {
    const undo = asked.undoes === true;
    // Nobody wants it any more: the engine finds out that it was not done, and takes away what is half made.
    if (asked.unwanted) {
      const data = { occurrence: asked.occurrence };
      queue.push({ flow, key, message: { source: 'engine', type: `${asked.name}.withdrawn`, data } });
      return;
    }
    calls.push({ effect: undo ? `undo ${asked.name}` : asked.name, request: asked.request });
    const tell = (outcome: string, data: object) =>
      queue.push({
        flow,
        key,
        message: {
          source: 'engine',
          type: `${asked.name}.${outcome}`,
          data: { occurrence: asked.occurrence, ...data },
        },
      });
    try {
      const actor = undo ? (actors[`undo ${asked.name}`] ?? (() => undefined)) : actors[asked.name];
      if (actor === undefined) throw new Error(`no actor for ${asked.name}`);
      const answer = actor(asked.request as never, asked.occurrence);
      if (answer === underWay) return;
      if (answer instanceof Fault) throw answer;
      tell(undo ? 'undone' : 'done', { answer });
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      if (undo) tell('undo-failed', { fault: faultRecord(thrown) });
      else tell(thrown.kind === 'business' ? 'refused' : 'failed', { fault: faultRecord(thrown) });
    }
  }

  function write(flow: string, advance: Advance): void {
    const { key } = advance.run;
    runs.set(`${flow}/${key}`, advance.run);
    journal.push(...advance.entries.map((entry) => ({ run: `${flow}/${key}`, at: at(), entry })));
    for (const effect of advance.withdraw) {
      const waiting = queue.findIndex(
        (pending) => pending.key === key && pending.message.type.startsWith(`${effect.name}.`),
      );
      if (waiting < 0)
        queue.push({ flow, key, message: { source: 'engine', type: `${effect.name}.withdrawn`, data: effect } });
    }
    for (const child of advance.start) startRun(child.flow, child.key, child.input, { flow, key });
    for (const { to, type, data } of advance.send) {
      const target = to === 'parent' ? advance.run.parent : to;
      if (target) queue.push({ ...target, message: { source: `flow:${flow}/${key}`, type, data } });
    }
    watch();
    for (const asked of advance.ask) perform(flow, key, asked);
  }

  function startRun(
    flow: string,
    key: string,
    input: unknown,
    parent?: { readonly flow: string; readonly key: string },
  ): void {
    if (runs.has(`${flow}/${key}`)) return;
    messages += 1;
    write(flow, begin(tableOf(flow), { key, input, at: at(), source: 'story', ...(parent ? { parent } : {}) }));
    queue.push(...early.splice(0).filter((pending) => pending.flow === flow && pending.key === key));
  }

  function deliver({ flow, key, message }: Pending): void {
    const run = runs.get(`${flow}/${key}`);
    if (run === undefined) {
      early.push({ flow, key, message });
      return;
    }
    messages += 1;
    write(flow, step(tableOf(flow), run, { ...message, id: `m${messages}`, at: at() }));
  }

  function settle(most = Number.POSITIVE_INFINITY): void {
    for (let count = 0; count < most; count += 1) {
      const next = queue.shift();
      if (next === undefined) return;
      deliver(next);
    }
  }

  return {
    start(flow: Flow, key: string, input: unknown): void {
      startRun(flow.name, key, input);
      settle();
    },
    /** Delivers a message and plays on until nothing is left to do. */
    tell(flow: Flow, key: string, event: { readonly name: string }, data: unknown, source = 'test'): void {
      queue.push({ flow: flow.name, key, message: { source, type: event.name, data } });
      settle();
    },
    /** Starts a run without playing on: its effects are asked, their answers not yet delivered. */
    startOnly: (flow: Flow, key: string, input: unknown): void => startRun(flow.name, key, input),
    /** Plays on; with a number so many messages at most. */
    settle,
    now: at,
    run(flow: Flow, key: string): RunState {
      const run = runs.get(`${flow.name}/${key}`);
      if (run === undefined) throw new Error(`no run ${flow.name}/${key}`);
      return run;
    },
    runs: () => [...runs.values()],
    calls: () => calls,
    called: (effect: string): number => calls.filter((call) => call.effect === effect).length,
    journal: () => journal.map(({ entry }) => entry),
    journalOf: (flow: Flow, key: string): readonly JournalEntry[] =>
      journal.flatMap(({ run, entry }) => (run === `${flow.name}/${key}` ? [entry] : [])),
    /** The same with when each was written. */
    linesOf: (flow: string, key: string) =>
      journal
        .filter(({ run }) => run === `${flow}/${key}`)
        .map(({ at: written, entry }, index) => ({ seq: index + 1, at: written, entry })),
  };
}
