import type { Role } from '#business/apis';

/** Who is let in to a route: written by hand, beside the table of roles and not from it. */
export interface AccessRow {
  readonly roles: readonly Role[];
  /** Whether somebody of these who sees some warehouses only is let in as well; what of it they see is another question. */
  readonly ofSomeSites: boolean;
}

const everyone: readonly Role[] = ['viewer', 'operator', 'steward', 'supervisor', 'administrator'];
const workers: readonly Role[] = ['operator', 'steward', 'supervisor'];
const deciders: readonly Role[] = ['supervisor'];

const row = (roles: readonly Role[], ofSomeSites: boolean): AccessRow => ({ roles, ofSomeSites });
const readOfSites = row(everyone, true);
const readOfAll = row(everyone, false);
const work = row(workers, true);
const mend = row(['steward', 'supervisor'], true);
const decide = row(deciders, true);
const decideForAll = row(deciders, false);
const seePeople = row(['supervisor', 'administrator'], false);
const keepPeople = row(['administrator'], false);

/** One row for each route, by product and name: a route without one is not to be served. */
export const accessRows: Readonly<Record<string, AccessRow>> = {
  'orders.listOrders': readOfSites,
  'orders.showStages': readOfSites,
  'orders.showTrucks': readOfSites,
  'orders.showOrder': readOfSites,
  'orders.narrateOrder': readOfSites,
  'orders.compareOrder': readOfSites,
  'orders.drawOrder': readOfSites,
  'orders.listExchanges': readOfSites,
  'orders.showExchange': readOfSites,
  'orders.traceOrder': readOfSites,
  'orders.listDeeds': readOfSites,
  'orders.submitOrder': work,
  'orders.changeOrder': work,
  'orders.cancelOrder': work,
  'orders.releaseHold': work,
  'orders.releaseAgain': work,

  'cases.listCases': readOfSites,
  'cases.listGroups': readOfSites,
  'cases.showCase': readOfSites,
  'cases.auditCase': readOfSites,
  'cases.listBulks': readOfSites,
  'cases.showBulk': readOfSites,
  'cases.auditBulk': readOfSites,
  'cases.retryCase': work,
  'cases.editAndRetryCase': work,
  'cases.assignCase': work,
  'cases.escalateCase': work,
  'cases.noteCase': work,
  'cases.giveUpMessage': mend,
  'cases.answerCase': decide,
  'cases.notDoneCase': decide,
  'cases.skipCase': decide,
  'cases.compensateCase': decide,
  'cases.closeCase': decide,
  'cases.retryGroup': decide,
  'cases.skipGroup': decide,
  'cases.closeGroup': decide,
  'cases.assignGroup': decide,
  'cases.noteGroup': decide,
  'cases.stopBulk': decide,

  'approvals.listApprovals': readOfSites,
  'approvals.showApproval': readOfSites,
  'approvals.approveApproval': decide,
  'approvals.refuseApproval': decide,
  'approvals.withdrawApproval': work,

  'lanes.listLanes': readOfAll,
  'lanes.showLane': readOfAll,
  'lanes.pauseLane': decideForAll,
  'lanes.resumeLane': decideForAll,

  'replays.listReplays': readOfAll,
  'replays.showReplay': readOfAll,
  'replays.planReplay': decideForAll,
  'replays.approveReplay': decideForAll,
  'replays.startReplay': decideForAll,
  'replays.pauseReplay': decideForAll,

  'feeds.listFeeds': readOfAll,
  'products.listProducts': readOfSites,
  'products.showProduct': readOfSites,
  'live.tellChanges': readOfSites,

  'audit.listEntries': readOfAll,
  'audit.verifyEntries': row(['supervisor', 'administrator'], false),

  'figures.listFigures': readOfSites,
  'figures.showFigure': readOfSites,
  'figures.showEvidence': readOfSites,
  'figures.figuresCsv': readOfSites,
  'figures.evidenceCsv': readOfSites,
  'figures.setBaseline': decideForAll,

  'people.showMe': readOfSites,
  'people.listPeople': seePeople,
  'people.addPerson': keepPeople,
  'people.changePerson': keepPeople,
  'people.makeSignInLink': keepPeople,
  'people.endSessions': keepPeople,
};
