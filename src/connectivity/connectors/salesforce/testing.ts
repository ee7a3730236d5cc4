import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type SecretReference } from '#connectivity/kit';
import { type Clock, systemClock } from '#model/kernel';
import { startCrm } from '../../../../simulators/crm/index.ts';
import { openLedger, readLedger, smallWorld } from '../../../../simulators/kit/index.ts';
import { salesforce } from './connector.ts';

/** An order as a salesperson wins it. */
export const won = {
  customer: '17850',
  purchaseOrder: 'PO-1',
  lines: [
    { lineNumber: 1, item: '85123A', quantity: '6', unitPrice: '2.55', description: 'White hanging heart' },
    { item: 'POST', kind: 'charge', quantity: '1', unitPrice: '18' },
  ],
};

/** Settings as a configuration holds them. */
export const rawSettings = {
  loginUrl: 'https://login.example.test',
  signIn: { grant: 'client-credentials', clientId: 'client', clientSecret: { env: 'CRM_SECRET' } },
  wonSince: '2026-01-01T00:00:00.000Z',
  currency: 'GBP',
};

type Secrets = Readonly<Record<string, string>>;

/** Settings with defaults and secrets in place. */
export function settingsFor(changes: object = {}, secrets: Secrets = {}) {
  const resolve = (reference: SecretReference) => ('env' in reference && secrets[reference.env]) || 'wrong';
  const read = readSettings(salesforce.settings, { ...rawSettings, ...changes }, resolve);
  if (!read.ok) throw new Error(JSON.stringify(read.failures));
  return read.value;
}

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
}

/** How to sign in, as settings say it; `wrong` has a secret that the organisation does not know. */
const signIns = ({ clientId, username }: Credentials) => ({
  'client-credentials': { grant: 'client-credentials', clientId, clientSecret: { env: 'SECRET' } },
  password: { grant: 'password', clientId, clientSecret: { env: 'SECRET' }, username, password: { env: 'PASSWORD' } },
  wrong: { grant: 'client-credentials', clientId, clientSecret: { env: 'WRONG' } },
});

export interface OrganisationOptions {
  readonly settings?: object;
  /** The connector's clock. */
  readonly clock?: Clock;
  /** The organisation's own clock. */
  readonly theirClock?: Clock;
  readonly signIn?: keyof ReturnType<typeof signIns>;
}

/** A simulated organisation in this process and a connection to it over a socket. */
export async function openOrganisation(options: OrganisationOptions = {}) {
  const { clock = systemClock, theirClock = systemClock, signIn = 'client-credentials' } = options;
  const file = join(mkdtempSync(join(tmpdir(), 'crm-')), 'ledger.jsonl');
  const ledger = openLedger(file, 'crm');
  const crm = await startCrm({ world: smallWorld, ledger, port: 0, seed: 1 }, theirClock);
  const { credentials } = crm.details as { readonly credentials: Credentials };
  const settings = settingsFor(
    { loginUrl: crm.url, signIn: signIns(credentials)[signIn], ...options.settings },
    { SECRET: credentials.clientSecret, PASSWORD: credentials.password },
  );
  const connection = salesforce.connect(settings, { instance: 'crm-main', clock, log: () => undefined });
  const act = async (name: string, input: object) => (await crm.actions[name]?.(input)) as Record<string, never>;
  return {
    crm,
    connection,
    act,
    win: async (changed: object = {}) => String((await act('win-opportunity', { ...won, ...changed })).id),
    updates: () => readLedger(file).filter(({ kind }) => kind === 'opportunity-updated'),
    close: async () => {
      await connection.close();
      await crm.stop();
      await ledger.close();
    },
  };
}
