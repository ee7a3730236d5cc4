import type { Effect, Evidence, Finding } from './evidence.ts';
import { byOrder, ofKind, siteOf } from './tally.ts';

const earliest = (effects: readonly Effect[]): string | undefined =>
  effects
    .map(({ at }) => at)
    .reduce<string | undefined>((first, at) => (first === undefined || at < first ? at : first), undefined);

/** What must have happened before what, at one site of one order. */
const chain = [
  ['sale-confirmed', 'release-received'],
  ['release-received', 'shipped'],
  ['shipped', 'shipment-done'],
  ['shipment-done', 'invoice-posted'],
] as const;

function outOfOrder(effects: readonly Effect[]): readonly string[] {
  // An invoice is of the whole order in its ledger: it is compared with the earliest goods issue of any site.
  const sites = [...new Set(effects.filter(({ kind }) => kind !== 'invoice-posted').map(siteOf))];
  // What a person reports in a warehouse's name may stand anywhere: that it does is the scenario.
  const isByHand = effects.some((effect) => effect.isByHand === true);
  const links = chain.filter(([cause, effect]) => !isByHand || (cause !== 'shipped' && effect !== 'shipped'));
  return sites.flatMap((site) =>
    links.flatMap(([cause, effect]) => {
      const of = (kind: string) =>
        ofKind(effects, kind).filter((each) => kind === 'invoice-posted' || siteOf(each) === site);
      const first = earliest(cause === 'shipment-done' ? ofKind(effects, cause) : of(cause));
      const then = earliest(of(effect));
      if (then === undefined) return [];
      if (first === undefined) return [`${site}: ${effect} and never ${cause}`];
      return then < first ? [`${site}: ${effect} at ${then}, ${cause} at ${first}`] : [];
    }),
  );
}

/** I4: the effects of an order stand in the order of their causes; news of an opportunity gets newer. */
export function causes(evidence: Evidence, { erpKeepsTime }: { readonly erpKeepsTime: boolean }): readonly Finding[] {
  const orders = [...byOrder(evidence)].flatMap(([orderNumber, effects]) => {
    const seen = erpKeepsTime ? effects : effects.filter(({ system }) => system !== 'erp');
    const whats = outOfOrder(seen).filter((what) => erpKeepsTime || !what.includes('never sale-confirmed'));
    return whats.map((what): Finding => ({ rule: 'I4', means: 'wrong', orderNumber, what }));
  });
  const newest = new Map<string, number>();
  const news = ofKind(evidence.effects, 'opportunity-updated').flatMap((effect): readonly Finding[] => {
    const id = String(effect.id);
    const version = Number((effect.fields as Readonly<Record<string, unknown>>).Crossdock_News_Version__c);
    const before = newest.get(id) ?? 0;
    newest.set(id, Math.max(before, version));
    return version > before
      ? []
      : [{ rule: 'I4', means: 'wrong', what: `opportunity ${id} was told ${version} after ${before}` }];
  });
  return [...orders, ...news];
}
