import { eventually } from './eventually.ts';
import { type Answer, freshKey } from './orders-api.ts';

/** A case as a caller reads it, as far as the journeys look. */
export interface CaseView {
  readonly id: string;
  readonly version: number;
  readonly state: 'open' | 'closed';
  readonly group: string;
  readonly flow: string;
  readonly key: string;
  readonly cause: string;
  readonly closedBecause?: string;
  readonly worth?: { readonly amount: string; readonly currency: string };
  readonly customer?: string;
  readonly effect?: { readonly name?: string; readonly standing: string };
  readonly actions: readonly { readonly action: string; readonly allowed: boolean; readonly because?: string }[];
  readonly links: { readonly self: string; readonly narrative?: string };
  readonly request?: unknown;
  readonly acts?: readonly { readonly action: string; readonly by: string; readonly verdict?: string }[];
}

export interface GroupView {
  readonly group: string;
  readonly cause: string;
  readonly instance?: string;
  readonly count: number;
  readonly worth: readonly { readonly amount: string; readonly currency: string }[];
  readonly sample: { readonly id: string; readonly summary: string };
}

export interface BulkView {
  readonly id: string;
  readonly state: string;
  readonly applied: number;
  readonly refused: number;
  readonly links: { readonly self: string; readonly audit: string };
}

/** The public cases API as an operator's tool sees it. */
export interface CasesApi {
  groups(): Promise<readonly GroupView[]>;
  list(query: string): Promise<readonly CaseView[]>;
  show(id: string): Promise<CaseView>;
  read<Body>(path: string): Promise<Body>;
  write(path: string, body: object, key?: string): Promise<Answer>;
  act(one: CaseView, action: string, body: object): Promise<Answer>;
  /** The bulk when it is at its end. */
  ended(id: string): Promise<BulkView>;
}

const base = '/api/cases/v1';

export function createCasesApi(url: () => string, apiKey: string): CasesApi {
  async function call(method: string, path: string, body?: object, more: object = {}): Promise<Answer> {
    const response = await fetch(`${url()}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text === '' ? {} : JSON.parse(text) };
  }
  async function read<Body>(path: string): Promise<Body> {
    const { status, json } = await call('GET', path);
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${JSON.stringify(json)}`);
    return json as Body;
  }
  const write = (path: string, body: object, key = freshKey()): Promise<Answer> =>
    call('POST', path, body, { 'idempotency-key': key });
  return {
    read,
    write,
    groups: async () => (await read<{ groups: readonly GroupView[] }>(`${base}/groups`)).groups,
    list: async (query) => (await read<{ cases: readonly CaseView[] }>(`${base}/cases?${query}`)).cases,
    show: (id) => read(`${base}/cases/${id}`),
    act: (one, action, body) => write(`${one.links.self}/${action}`, { version: one.version, ...body }),
    ended: (id) =>
      eventually(`bulk ${id} to end`, async () => {
        const bulk = await read<BulkView>(`${base}/bulk-actions/${id}`);
        return bulk.state === 'running' ? undefined : bulk;
      }),
  };
}
