import { casesV1 } from '#business/apis/cases/v1';
import { lanesV1 } from '#business/apis/lanes/v1';
import { ordersV1 } from '#business/apis/orders/v1';
import { replaysV1 } from '#business/apis/replays/v1';

/** Every API that the platform serves; the gateway, the catalogue of APIs and the console's client go by this list. */
export const apis = [ordersV1, casesV1, lanesV1, replaysV1] as const;
