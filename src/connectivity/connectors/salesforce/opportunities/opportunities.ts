import type { OpportunitiesVerbs, OrderNews } from '#model/capabilities';
import { Fault } from '#model/kernel';
import type { Api } from '../api.ts';
import type { SalesforceSettings } from '../settings.ts';
import { newsFields } from './news-fields.ts';

const idPattern = /^006[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/;

function checkId({ opportunity, orderNumber }: OrderNews): void {
  if (idPattern.test(opportunity)) return;
  throw new Fault('permanent', {
    code: 'not-an-opportunity',
    message: `Order ${orderNumber} names "${opportunity.slice(0, 40)}", which is not an id of a Salesforce opportunity.`,
  });
}

/** Is what stands there at least as new? Throws when it is of another order: its numbers say nothing about ours. */
function alreadyTold(
  news: OrderNews,
  standing: Readonly<Record<string, unknown>>,
  fields: SalesforceSettings['fields'],
): boolean {
  const order = standing[fields.orderNumber] ?? null;
  if (order !== null && order !== news.orderNumber) {
    throw new Fault('business', {
      code: 'opportunity-of-another-order',
      message: `Opportunity ${news.opportunity} belongs to order ${String(order)}, not to ${news.orderNumber}. Decide which order it is.`,
    });
  }
  const version = standing[fields.newsVersion];
  return order !== null && typeof version === 'number' && version >= news.version;
}

/**
 * Order news on won opportunities. The version that stands there is read first and an older one never overwrites it; sending
 * the same again finds its own version and changes nothing, so the verb is keyed.
 */
export const createOpportunities = (api: Api, fields: SalesforceSettings['fields']): OpportunitiesVerbs => ({
  tell: async (news, call) => {
    checkId(news);
    const wanted = [fields.orderNumber, fields.newsVersion];
    const standing = await api.read('Opportunity', news.opportunity, wanted, call);
    if (alreadyTold(news, standing, fields)) return;
    await api.update('Opportunity', news.opportunity, newsFields(news, fields), call);
  },
});
