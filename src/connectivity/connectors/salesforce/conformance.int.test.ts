import { describeConformance, type Stage } from '#connectivity/kit/conformance';
import { Opportunities, type OpportunitiesVerbs } from '#model/capabilities';
import type { Clock } from '#model/kernel';
import { salesforce } from './connector.ts';
import { openOrganisation, rawSettings } from './testing.ts';

const requests: Readonly<Record<string, string>> = {
  'opportunities.tell': 'PATCH Opportunity',
  'won-opportunities': 'query',
};

async function openStage(clock: Clock): Promise<Stage> {
  const organisation = await openOrganisation({ settings: { batch: 3 }, clock });
  const { crm, connection, act, win, updates, close } = organisation;
  const opportunity = await win();
  // Told of already, so that the feed probe starts from nothing.
  await act('edit-record', { object: 'Opportunity', id: opportunity, fields: { Crossdock_Order_Number__c: '100001' } });
  const verbs = connection.capabilities[Opportunities.name] as OpportunitiesVerbs;
  const news = { opportunity, orderNumber: '100001', state: 'confirmed', trackingNumbers: [], version: 1 };
  const script = async (name: string, behaviour: string) => crm.scripts.add([{ on: requests[name], behaviour }]);
  return {
    connection,
    reads: [],
    writes: [
      {
        verb: 'opportunities.tell',
        send: (_, call) => verbs.tell(news, call),
        effects: async () => updates().length,
      },
    ],
    feeds: [
      {
        feed: 'won-opportunities',
        occur: async (count) => {
          const ids: string[] = [];
          for (let made = 0; made < count; made += 1) ids.push(`opportunity:${await win()}`);
          return ids;
        },
      },
    ],
    provoke: {
      expireCredentials: async () => {
        const signIns = async () => Number((await act('count-requests', {})).signIns);
        const before = await signIns();
        await act('expire-sessions', {});
        return async () => (await signIns()) - before;
      },
      limitRate: async (retryAfterSeconds) => {
        crm.dials.turn({ rateLimit: { perSecond: 0.001, retryAfterSeconds } });
      },
      loseAnswer: (verb) => script(verb, 'lose-answer'),
      garble: (verb, how) => script(verb, how === 'html' ? 'html-200' : 'truncate'),
      outage: async () => {
        crm.dials.turn({ outage: true });
      },
      calm: async () => {
        crm.dials.turn({ outage: false, rateLimit: null });
      },
    },
    close,
  };
}

describeConformance({
  name: 'salesforce against its simulator',
  connector: salesforce,
  settings: rawSettings,
  open: openStage,
});
