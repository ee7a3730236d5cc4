import type { Order } from '#model/canonical';
import { type Answer, type BenchDocument, beginDocument, type ShipmentConfirmation } from '../work/order-document.ts';
import { applyShipment, type OrderStep, stepsAfterShipment, stepsBeforeShipment } from '../work/order-steps.ts';

/** How an engine makes one call durable, and how it waits for the warehouse. */
export interface Durably {
  call(step: OrderStep, request: unknown): Promise<Answer>;
  shipment(): Promise<ShipmentConfirmation>;
  /** The goods may leave from now on. */
  released(document: BenchDocument): void;
}

/** One order as a durable function, for the engines that replay one. */
export async function walkOrder(order: Order, durably: Durably): Promise<BenchDocument> {
  let document = beginDocument(order);
  const take = async (step: OrderStep): Promise<void> => {
    document = step.apply(document, await durably.call(step, step.ask(document)));
  };
  for (const step of stepsBeforeShipment) await take(step);
  durably.released(document);
  document = applyShipment(document, await durably.shipment());
  for (const step of stepsAfterShipment) await take(step);
  return document;
}

export const keyOf = (order: Order, step: OrderStep): string => `order:${order.orderNumber}:${step.name}:once`;

/** Somebody waits for something that will happen under a name. */
export interface Rendezvous<Value> {
  expect(name: string): Promise<Value>;
  happened(name: string, value: Value): void;
}

export function createRendezvous<Value>(): Rendezvous<Value> {
  const waiting = new Map<string, (value: Value) => void>();
  return {
    expect: (name) => new Promise((resolve) => waiting.set(name, resolve)),
    happened: (name, value) => {
      waiting.get(name)?.(value);
      waiting.delete(name);
    },
  };
}
