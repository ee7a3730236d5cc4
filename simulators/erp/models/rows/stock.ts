import type { Decimal } from '#model/kernel';
import type { Row } from '../../records/row.ts';

export interface LocationRow extends Row {
  readonly name: string;
  readonly code: string | null;
  readonly type: 'warehouse' | 'storage' | 'customer' | 'supplier' | 'lost_found';
  readonly parent: number | null;
  readonly active: boolean;
  readonly input_location: number | null;
  readonly output_location: number | null;
  readonly storage_location: number | null;
  readonly lost_found_location: number | null;
}

export type ShipmentState = 'draft' | 'waiting' | 'assigned' | 'picked' | 'packed' | 'done' | 'cancelled';

export interface ShipmentRow extends Row {
  readonly company: number;
  readonly number: string;
  readonly reference: string | null;
  readonly customer: number;
  readonly delivery_address: number | null;
  readonly warehouse: number;
  readonly planned_date: string | null;
  readonly effective_date: string | null;
  readonly state: ShipmentState;
}

export type MoveState = 'staging' | 'draft' | 'assigned' | 'done' | 'cancelled';

export interface MoveRow extends Row {
  readonly company: number;
  readonly product: number;
  readonly uom: number;
  readonly quantity: Decimal;
  readonly from_location: number;
  readonly to_location: number;
  readonly planned_date: string | null;
  readonly effective_date: string | null;
  readonly state: MoveState;
  /** `stock.shipment.out,ID` */
  readonly shipment: string | null;
  /** `sale.line,ID` of what goes out, `stock.move,ID` of what is picked for it. */
  readonly origin: string | null;
  readonly unit_price: Decimal | null;
  readonly currency: number | null;
}
