import { approvalsV1 } from '#business/apis/approvals/v1';
import { auditV1 } from '#business/apis/audit/v1';
import { casesV1 } from '#business/apis/cases/v1';
import { feedsV1 } from '#business/apis/feeds/v1';
import { figuresV1 } from '#business/apis/figures/v1';
import { lanesV1 } from '#business/apis/lanes/v1';
import { liveV1 } from '#business/apis/live/v1';
import { ordersV1 } from '#business/apis/orders/v1';
import { peopleV1 } from '#business/apis/people/v1';
import { productsV1 } from '#business/apis/products/v1';
import { replaysV1 } from '#business/apis/replays/v1';
import type { Api } from '#platform/gateway';

/** Every API that the platform serves; the gateway, the catalogue of APIs and the console's client go by this list. */
export const apis = [
  ordersV1,
  casesV1,
  lanesV1,
  replaysV1,
  feedsV1,
  approvalsV1,
  peopleV1,
  productsV1,
  auditV1,
  liveV1,
  figuresV1,
] as const;

type Taking<Served> = Served extends Api<infer Needs> ? (needs: Needs) => void : never;

/** What the handlers of all of them are given, together. */
export type ApiNeeds = Taking<(typeof apis)[number]> extends (needs: infer Needs) => void ? Needs : never;
