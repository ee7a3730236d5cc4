import { Type } from 'typebox';

/** Dials that only a warehouse has. */
export interface WarehouseDials {
  /** From 940 to 945, ms. */
  readonly workMs: number;
  /** A 997 is sent for each 940. */
  readonly acknowledge: boolean;
  /** Share of files that grow under their final name instead of being renamed … */
  readonly halfWrittenRate: number;
  /** … and are whole only after this, ms. */
  readonly halfWrittenMs: number;
  /** Share of files before which a file of garbage is put. */
  readonly garbageRate: number;
  /** Share of 945 that come again in another file under another control number. */
  readonly duplicateRate: number;
  /** Share of files held back so that later ones overtake them … */
  readonly reorderRate: number;
  /** … by this, ms. */
  readonly reorderMs: number;
  /** So many 945 wait for each other and come in one interchange. */
  readonly setsPerInterchange: number;
}

const rate = Type.Number({ minimum: 0, maximum: 1 });
const milliseconds = Type.Number({ minimum: 0, maximum: 3_600_000 });

export const warehouseDials = {
  schemas: {
    workMs: milliseconds,
    acknowledge: Type.Boolean(),
    halfWrittenRate: rate,
    halfWrittenMs: milliseconds,
    garbageRate: rate,
    duplicateRate: rate,
    reorderRate: rate,
    reorderMs: milliseconds,
    setsPerInterchange: Type.Integer({ minimum: 1, maximum: 20_000 }),
  },
  defaults: {
    workMs: 20,
    acknowledge: true,
    halfWrittenRate: 0,
    halfWrittenMs: 300,
    garbageRate: 0,
    duplicateRate: 0,
    reorderRate: 0,
    reorderMs: 300,
    setsPerInterchange: 1,
  } satisfies WarehouseDials,
};
