import { twinId } from '../oracle/foresee.ts';
import type { PlannedOrder } from '../plan/plan.ts';
import type { CrmDesk } from './crm-desk.ts';
import { type Decision, decide, decisionName, type Role } from './desk.ts';
import type { Deed, Observed, OrderView } from './observed.ts';
import { type ApiAnswer, answerText, findingsIn, type OrdersApi, orderNumberIn } from './orders-api.ts';
import type { PlannedScript } from './scripts.ts';
import type { Watch } from './watch.ts';

export interface StoryNeeds {
  readonly api: OrdersApi;
  readonly crm: CrmDesk;
  readonly watch: Watch;
  /** Tells the simulators what to do to this order. */
  readonly script: (scripts: readonly PlannedScript[]) => Promise<void>;
}

export interface StoryOptions {
  /** An order that has not moved for so long is given up. */
  readonly timeoutMs: number;
  /** Makes the keys of this run's submissions its own. */
  readonly run: string;
}

/** A story under way; it grows until it is told as `Observed`. */
interface Notes {
  readonly id: string;
  readonly deeds: Deed[];
  readonly states: Set<string>;
  readonly holds: Set<string>;
  readonly others: Observed[];
  status?: number;
  orderNumber?: string;
  findings: readonly string[];
  quarantined: boolean;
  state?: string;
  acknowledgedMs?: number;
  trouble?: string;
}

const isGood = ({ status }: ApiAnswer): boolean => status >= 200 && status < 300;

const deed = (what: string, answer: ApiAnswer, asExpected: boolean): Deed =>
  asExpected ? { what, asExpected } : { what, asExpected, answered: answerText(answer) };

/** Tells one order's story: sends it, lets people decide about it, and watches until nothing more will happen. */
export function createStories(needs: StoryNeeds, { timeoutMs, run }: StoryOptions) {
  const { api, crm, watch } = needs;

  /** Sends the same again, or something else under the same key: the platform must know the difference. */
  async function sendAgain(order: PlannedOrder, key: string, notes: Notes): Promise<void> {
    const kind = order.incident?.kind;
    if (kind === 'repeated-submission') {
      const answer = await api.submit(order.submission, key);
      notes.deeds.push(
        deed('submit the same again', answer, isGood(answer) && orderNumberIn(answer) === notes.orderNumber),
      );
    }
    if (kind === 'changed-submission') {
      const changed = { ...order.submission, customerPurchaseOrder: `${order.submission.customerPurchaseOrder}-B` };
      const answer = await api.submit(changed, key);
      notes.deeds.push(deed('submit another under the same key', answer, answer.status === 422));
    }
  }

  async function sendByApi(order: PlannedOrder, key: string, notes: Notes): Promise<void> {
    const from = performance.now();
    const answer = await api.submit(order.submission, key);
    notes.acknowledgedMs = performance.now() - from;
    notes.status = answer.status;
    notes.findings = findingsIn(answer);
    const orderNumber = orderNumberIn(answer);
    if (!isGood(answer)) return;
    if (orderNumber === undefined) throw new Error(`acknowledged without an order number: ${answerText(answer)}`);
    notes.orderNumber = orderNumber;
    await sendAgain(order, key, notes);
  }

  async function sendByCrm(order: PlannedOrder, notes: Notes): Promise<void> {
    const fate = await crm.fate(await crm.win(order.submission), timeoutMs);
    if (fate === undefined) throw new Error(`nothing came of the opportunity within ${timeoutMs} ms`);
    if ('quarantined' in fate) notes.quarantined = true;
    else notes.orderNumber = fate.orderNumber;
  }

  async function act(decision: Decision, orderNumber: string, order: PlannedOrder, notes: Notes): Promise<void> {
    const what = decisionName(decision);
    const key = `${run}-${notes.id.replaceAll(/[^A-Za-z0-9.-]/g, '_')}-${what.replaceAll(' ', '-')}`;
    if (decision.do === 'release') {
      const answer = await api.release(orderNumber, decision.hold, decision.reason, key);
      notes.deeds.push(deed(what, answer, isGood(answer)));
    } else if (decision.do === 'cancel') {
      const answer = await api.cancel(orderNumber, decision.reason, key);
      notes.deeds.push(deed(what, answer, isGood(answer)));
    } else if (decision.do === 'submit-twin') {
      notes.others.push(...(await tell({ ...order, id: twinId(order.id) }, 'twin')));
    }
  }

  async function follow(orderNumber: string, order: PlannedOrder, role: Role, notes: Notes): Promise<void> {
    const done = new Set<string>();
    const note = (view: OrderView): void => {
      notes.state = view.state;
      notes.states.add(view.state);
      for (const { kind } of view.holds) notes.holds.add(kind);
    };
    for (;;) {
      let decision: Decision = { do: 'wait' };
      const look = (view: OrderView): boolean => {
        note(view);
        decision = decide(view, role, done);
        return decision.do !== 'wait';
      };
      const view = await watch(orderNumber, look, timeoutMs);
      if (view === undefined) throw new Error(`still ${notes.state} after ${timeoutMs} ms`);
      decision = decide(view, role, done);
      if (decision.do === 'nothing-more') return;
      done.add(decisionName(decision));
      await act(decision, orderNumber, order, notes);
    }
  }

  /** Answers what was seen of the order, and of the second one where there was one. Never throws. */
  async function tell(order: PlannedOrder, role: Role = order.incident?.kind): Promise<readonly Observed[]> {
    const from = performance.now();
    const notes: Notes = {
      id: order.id,
      deeds: [],
      states: new Set(),
      holds: new Set(),
      others: [],
      findings: [],
      quarantined: false,
    };
    try {
      const key = `${run}-${order.id.replaceAll(/[^A-Za-z0-9.-]/g, '_')}`;
      if (order.channel === 'api') await sendByApi(order, key, notes);
      else await sendByCrm(order, notes);
      if (notes.orderNumber !== undefined) await follow(notes.orderNumber, order, role, notes);
    } catch (thrown) {
      notes.trouble = thrown instanceof Error ? thrown.message : String(thrown);
    }
    const { deeds, states, holds, others, ...seen } = notes;
    const incident = order.incident === undefined ? {} : { incident: order.incident.kind };
    const whole = { wholeMs: performance.now() - from, statesSeen: [...states], holdsSeen: [...holds] };
    return [{ ...seen, ...incident, ...whole, deeds, channel: order.channel }, ...others];
  }

  return { tell, script: needs.script };
}
