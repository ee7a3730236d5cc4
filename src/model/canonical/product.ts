import { type Static, Type } from 'typebox';
import { LineKind } from './order.ts';
import { closed, DateText, DecimalText, Identifier, UnitCode } from './schema.ts';

/** One of `unit` is `factor` stock units, from `validFrom` on and before `validTo`. UBL ItemSpecification, X12 PO4. */
export const UnitConversion = Type.Object(
  {
    unit: UnitCode,
    factor: DecimalText,
    validFrom: Type.Optional(DateText),
    validTo: Type.Optional(DateText),
  },
  closed,
);
export type UnitConversion = Static<typeof UnitConversion>;

/** What is sold: goods, or a charge that never ships. UBL Item, X12 LIN. */
export const Product = Type.Object(
  {
    item: Identifier('Our item number. UBL SellersItemIdentification, X12 LIN with VN.', 40),
    description: Identifier('UBL Item/Description, X12 PID05.', 200),
    kind: LineKind,
    unit: UnitCode,
    active: Type.Boolean({ description: 'Whether it may be ordered.' }),
    gtin: Type.Optional(
      Type.String({
        pattern: '^(\\d{8}|\\d{12,14})$',
        description: 'UBL StandardItemIdentification, X12 LIN with UK, EN or UP.',
      }),
    ),
    manufacturerItem: Type.Optional(Identifier('UBL ManufacturersItemIdentification, X12 LIN with MG.', 40)),
    conversions: Type.Optional(Type.Array(UnitConversion, { maxItems: 50 })),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/product/1' },
);
export type Product = Static<typeof Product>;
