import { Router } from '../../app/routes.ts';

/** Where the target of an act can be seen, by its kind. */
const places: Readonly<Record<string, (name: string) => string>> = {
  case: (caseId) => Router.Case({ caseId }),
  bulk: (bulkId) => Router.Bulk({ bulkId }),
  order: (orderNumber) => Router.Order({ orderNumber }),
  'order-to-cash': (orderNumber) => Router.Order({ orderNumber }),
  lane: (lane) => Router.System({ lane }),
  person: () => Router.People(),
  approval: () => Router.Approvals(),
  figure: (figure) => Router.Figure({ figure }),
};

/** The address of what an act was done to: `lane:erp-main` → its page. Undefined where there is none. */
export function targetAddress(target: string): string | undefined {
  const cut = target.indexOf(':');
  const kind = target.slice(0, Math.max(0, cut));
  return Object.hasOwn(places, kind) ? places[kind]?.(target.slice(cut + 1)) : undefined;
}
