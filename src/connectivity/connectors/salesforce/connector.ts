import { Agent } from 'undici';
import { type Connection, type ConnectorServices, defineConnector } from '#connectivity/kit';
import { Opportunities } from '#model/capabilities';
import { createApi } from './api.ts';
import { createOpportunities } from './opportunities/opportunities.ts';
import { createSession } from './session.ts';
import { SalesforceSettings } from './settings.ts';
import { createWonOpportunities } from './won-opportunities/won-opportunities.ts';

function connect(settings: SalesforceSettings, { clock, log }: ConnectorServices): Connection {
  const dispatcher = new Agent({
    connections: settings.concurrency + 1,
    connect: { timeout: settings.timeoutMs },
    headersTimeout: settings.timeoutMs,
    bodyTimeout: settings.timeoutMs,
  });
  const session = createSession({ settings, dispatcher, clock, log });
  const api = createApi({ session, dispatcher, clock, timeoutMs: settings.timeoutMs });
  return {
    capabilities: { [Opportunities.name]: createOpportunities(api, settings.fields) },
    feeds: [createWonOpportunities(api, settings)],
    close: () => dispatcher.destroy(),
  };
}

/** A Salesforce organisation: won opportunities become order submissions, and orders tell their news on them. */
export const salesforce = defineConnector({
  name: 'salesforce',
  settings: SalesforceSettings,
  manifest: (settings) => ({
    verbs: { [Opportunities.name]: { tell: { class: 'keyed' } } },
    traits: { 'order-news': 'latest-wins' },
    lane: {
      concurrency: settings.concurrency,
      ...(settings.callsPerSecond === undefined ? {} : { perSecond: settings.callsPerSecond }),
    },
  }),
  connect,
});
