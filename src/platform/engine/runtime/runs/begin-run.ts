import type { Flow } from '../../flow.ts';
import { begin } from '../../step.ts';
import { chainStart } from '../audit/audit-chain.ts';
import type { NewRun } from '../commit/commit-unit.ts';
import type { ChildMail, StartMail } from '../mail/mail.ts';
import type { HotRun } from './hot-run.ts';
import { type Occasion, type Plan, type PlanNeeds, planAdvance } from './plan-advance.ts';
import { givenOf, readBack } from './stored-document.ts';
import { uuidV7 } from './uuid-v7.ts';

/** A run before its first advance. */
function newRun(flow: Flow, key: string, at: string, parent: ChildMail['parent'] | undefined): HotRun {
  const id = uuidV7();
  return {
    id,
    flow,
    version: 0,
    chain: chainStart(id),
    startedAt: at,
    updatedAt: at,
    storedDocument: readBack(''),
    dueAt: null,
    dueVisit: null,
    timerAt: null,
    state: {
      key,
      state: '',
      visit: 0,
      document: undefined,
      phase: 'forward',
      open: [],
      undoable: [],
      asked: [],
      children: [],
      cases: [],
      deferred: [],
      ...(parent ? { parent } : {}),
    },
  };
}

/** What is stored once: the input, and the document's unchanging part when it is something else. */
function storedOnce(input: unknown, document: unknown): Pick<NewRun, 'input' | 'given' | 'givenIsInput'> {
  const inputJson = JSON.stringify(input ?? null);
  const given = givenOf(document);
  const givenJson = given === undefined ? null : JSON.stringify(given);
  const givenIsInput = givenJson === inputJson;
  return { input: inputJson, given: givenIsInput ? null : givenJson, givenIsInput };
}

export interface RunBeginning extends Pick<ChildMail, 'source' | 'input' | 'at'> {
  readonly key: string;
  readonly parent?: ChildMail['parent'];
  readonly claim?: StartMail['start']['claim'];
  readonly consumed?: Occasion['consumed'];
}

/** The plan of a run's first advance. Throws what the flow's `begin` throws. */
export function planBeginning(needs: PlanNeeds, flow: Flow, beginning: RunBeginning): Plan {
  const { key, input, at, source, parent, claim, consumed } = beginning;
  const advance = begin(flow.table, { key, input, at, source, ...(parent ? { parent } : {}) });
  const begins: NewRun = {
    flow: flow.name,
    flowVersion: flow.version,
    key,
    ...storedOnce(input, advance.run.document),
    ...(claim ? { claim } : {}),
  };
  const occasion: Occasion = { at, begins, ...(consumed ? { consumed } : {}) };
  return planAdvance(needs, newRun(flow, key, at, parent), advance, occasion);
}
