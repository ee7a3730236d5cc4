export { CancelFulfilment } from './fulfilment/events.ts';
export { fulfilment } from './fulfilment/flow.ts';
export { OrderChanged } from './order-news/events.ts';
export { orderNews } from './order-news/flow.ts';
export type { Hold, HoldKind, OrderDocument, Waiver } from './order-to-cash/document.ts';
export { CancelRequested, HoldReleased } from './order-to-cash/events.ts';
export { type OrderFactData, orderFactTypes } from './order-to-cash/facts.ts';
export { orderToCash } from './order-to-cash/flow.ts';
