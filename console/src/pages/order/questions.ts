import { queryOptions } from '@tanstack/react-query';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';

// What the page of an order asks. By their keys live events refresh what is shown of this order when this order changes.

const of = (orderNumber: string) => ({ params: { path: { orderNumber } } });

export const orderQuestion = (orderNumber: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'view'],
    queryFn: () => answered(client.GET('/api/orders/v1/orders/{orderNumber}', of(orderNumber))),
  });

export const narrativeQuestion = (orderNumber: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'narrative'],
    queryFn: () => answered(client.GET('/api/orders/v1/orders/{orderNumber}/narrative', of(orderNumber))),
  });

export const picturesQuestion = (orderNumber: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'pictures'],
    queryFn: () => answered(client.GET('/api/orders/v1/orders/{orderNumber}/pictures', of(orderNumber))),
  });

export const comparisonQuestion = (orderNumber: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'comparison'],
    queryFn: () => answered(client.GET('/api/orders/v1/orders/{orderNumber}/comparison', of(orderNumber))),
  });

export const exchangesQuestion = (orderNumber: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'exchanges'],
    queryFn: () => answered(client.GET('/api/orders/v1/orders/{orderNumber}/exchanges', of(orderNumber))),
  });

/** An exchange with nothing cut. */
export const exchangeQuestion = (orderNumber: string, exchange: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'exchanges', exchange],
    queryFn: () =>
      answered(
        client.GET('/api/orders/v1/orders/{orderNumber}/exchanges/{exchange}', {
          params: { path: { orderNumber, exchange } },
        }),
      ),
  });

export const traceQuestion = (orderNumber: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'trace'],
    queryFn: () => answered(client.GET('/api/orders/v1/orders/{orderNumber}/trace', of(orderNumber))),
  });

export const deedsQuestion = (orderNumber: string) =>
  queryOptions({
    queryKey: ['orders', 'one', orderNumber, 'deeds'],
    queryFn: () => answered(client.GET('/api/orders/v1/orders/{orderNumber}/deeds', of(orderNumber))),
  });

/** Open cases of the order and of its fulfilments. */
export const casesQuestion = (orderNumber: string, fulfilments: readonly string[]) =>
  queryOptions({
    queryKey: ['cases', 'of-order', orderNumber, ...fulfilments],
    queryFn: async () => {
      // The largest page: an order and its fulfilments have never so many cases open at once.
      const query = { key: [orderNumber, ...fulfilments], limit: '200' };
      return (await answered(client.GET('/api/cases/v1/cases', { params: { query } }))).cases;
    },
  });
