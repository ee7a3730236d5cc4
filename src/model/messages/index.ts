export { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from './fulfilment.ts';
export { OrderSubmission, OrderSubmitted, SubmittedLine } from './order.ts';
