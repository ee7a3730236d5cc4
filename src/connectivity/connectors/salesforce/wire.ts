import { type Static, Type } from 'typebox';

// Their words, exactly. Only what we read; what else an answer holds is let through.

const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** One page of a query's answer, or of a list inside a record. */
export const QueryPage = Type.Object({
  totalSize: Type.Integer(),
  done: Type.Boolean(),
  nextRecordsUrl: Type.Optional(Type.String({ pattern: '^/services/data/v[0-9.]+/query/[A-Za-z0-9-]+$' })),
  records: Type.Array(Type.Record(Type.String(), Type.Unknown())),
});
export type QueryPage = Static<typeof QueryPage>;

/** What every record that we page through must have. */
export const StampedRecord = Type.Object({
  Id: Type.String({ pattern: '^[A-Za-z0-9]{18}$' }),
  SystemModstamp: Type.String({
    pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)$',
  }),
});
export type StampedRecord = Static<typeof StampedRecord>;

const Text = Nullable(Type.String());

/** A line of an opportunity. Numbers come as JSON numbers. */
export const OpportunityLineItem = Type.Object({
  Quantity: Nullable(Type.Number()),
  UnitPrice: Nullable(Type.Number()),
  Description: Text,
  Product2: Nullable(Type.Object({ ProductCode: Text, Family: Text })),
});
export type OpportunityLineItem = Static<typeof OpportunityLineItem>;

/** An opportunity as the feed asks for it; custom fields are looked up by their configured names. */
export const WonOpportunity = Type.Object({
  Id: Type.String(),
  CreatedDate: Type.String(),
  LastStageChangeDate: Text,
  CurrencyIsoCode: Type.Optional(Text),
  Account: Nullable(
    Type.Object({
      Name: Type.String(),
      AccountNumber: Text,
      ShippingStreet: Text,
      ShippingCity: Text,
      ShippingPostalCode: Text,
      ShippingCountry: Text,
    }),
  ),
  OpportunityLineItems: Nullable(Type.Object({ records: Type.Array(OpportunityLineItem) })),
});
export type WonOpportunity = Static<typeof WonOpportunity>;

/** Their moment, `2026-03-01T09:30:00.000+0000`, as ours in UTC. */
export const instantOf = (stamp: string): string =>
  new Date(Date.parse(stamp.replace(/([+-]\d\d):?(\d\d)$/, '$1:$2'))).toISOString();

/** One error of the list that a refused request answers. */
export interface ApiError {
  readonly errorCode: string;
  readonly message: string;
  readonly fields?: readonly string[];
}
