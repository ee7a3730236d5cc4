import type { OrderView } from '#business/apis/orders/v1';
import type { Narrative } from '../../test/index.ts';
import type { SeenOrder } from '../check/evidence.ts';
import type { Client } from './client.ts';

const path = '/api/orders/v1/orders';

/** Reads a path at any node until it is answered 200 or 404. */
async function read<Body>(client: Client, where: string): Promise<Body | undefined> {
  return client.insist(async (api) => {
    const { status, json } = await api.ask(where);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${where} was answered ${status}: ${JSON.stringify(json)}`);
    return json as Body;
  });
}

/** The order as the API shows it; undefined when it knows none. */
export const lookAt = (client: Client, orderNumber: string): Promise<OrderView | undefined> =>
  read<OrderView>(client, `${path}/${orderNumber}`);

/** Causes of cases of the order and its fulfilments that were opened and not closed. */
function casesIn({ story }: Narrative): readonly string[] {
  const open = new Map<string, string>();
  for (const { run, details } of story) {
    const entry = details as {
      readonly kind?: string;
      readonly cause?: string;
      readonly opening?: { readonly cause: string };
    };
    if (entry.kind === 'case-opened' && entry.opening !== undefined)
      open.set(`${run} ${entry.opening.cause}`, entry.opening.cause);
    if (entry.kind === 'case-closed') open.delete(`${run} ${entry.cause}`);
  }
  return [...open.values()];
}

/** Ended, or waiting for a person: the order itself, or one of its fulfilments. */
export async function isAtRest(client: Client, orderNumber: string): Promise<boolean> {
  const view = await lookAt(client, orderNumber);
  if (view === undefined) return false;
  if (view.phase === 'ended' || view.openCases.length > 0) return true;
  if (view.fulfilments.every(({ ended }) => ended)) return false;
  const told = await read<Narrative>(client, `${path}/${orderNumber}/narrative`);
  return told !== undefined && casesIn(told).length > 0;
}

/** The order's story, a line each: for whoever looks into a finding. */
export async function storyOf(client: Client, orderNumber: string): Promise<readonly string[]> {
  const told = await read<Narrative>(client, `${path}/${orderNumber}/narrative`);
  return told?.story.map(({ at, run, summary }) => `${at} ${run}: ${summary}`) ?? [];
}

/** The order with its effects, for the checker. */
export async function see(client: Client, orderNumber: string): Promise<SeenOrder | undefined> {
  const view = await lookAt(client, orderNumber);
  const told = await read<Narrative>(client, `${path}/${orderNumber}/narrative`);
  if (view === undefined || told === undefined) return undefined;
  const { state, phase, fulfilments, bookings, lines } = view;
  const openCases = [...new Set([...view.openCases, ...casesIn(told)])];
  return {
    orderNumber,
    state,
    phase,
    openCases,
    fulfilments,
    bookings: bookings.map(({ reference }) => reference),
    lines: lines.flatMap(({ lineNumber, item, quantities }) =>
      quantities === undefined ? [] : [{ lineNumber, item, quantities: { ...quantities } }],
    ),
    effects: told.effects.map(({ name, key, status }) => ({ name, key, status })),
  };
}
