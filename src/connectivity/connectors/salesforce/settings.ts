import { type Static, Type } from 'typebox';
import { secret } from '#connectivity/kit';
import { CurrencyCode, closed, InstantText } from '#model/canonical';

/** A field's API name. It becomes part of a query, so nothing else may stand here. */
const fieldName = (standard: string, description: string) =>
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,79}$', default: standard, description });

const ClientCredentials = Type.Object(
  {
    grant: Type.Literal('client-credentials'),
    clientId: Type.String({ minLength: 1, description: 'Consumer key of the connected app.' }),
    clientSecret: secret('Consumer secret of the connected app.'),
  },
  closed,
);

const UsernamePassword = Type.Object(
  {
    grant: Type.Literal('password'),
    clientId: Type.String({ minLength: 1, description: 'Consumer key of the connected app.' }),
    clientSecret: secret('Consumer secret of the connected app.'),
    username: Type.String({ minLength: 1 }),
    password: secret('Password, with the security token after it where the organisation asks for one.'),
  },
  closed,
);

const Fields = Type.Object(
  {
    customerPurchaseOrder: fieldName('Customer_Purchase_Order__c', "The customer's own order number; read."),
    requestedDate: fieldName('Requested_Date__c', 'Day on which the customer wants it; read.'),
    lineNumber: fieldName('Crossdock_Line_Number__c', 'On the opportunity product: its line number; read.'),
    orderNumber: fieldName(
      'Crossdock_Order_Number__c',
      'Our order; written, and an opportunity that has one is not read again.',
    ),
    orderState: fieldName('Crossdock_Order_State__c', 'State of the order in words; written.'),
    trackingNumbers: fieldName('Crossdock_Tracking__c', 'Tracking numbers, comma between; written.'),
    newsVersion: fieldName('Crossdock_News_Version__c', 'Number of the news that was written last; read and written.'),
  },
  { ...closed, default: {} },
);

/** Settings of a Salesforce organisation. */
export const SalesforceSettings = Type.Object(
  {
    loginUrl: Type.String({
      pattern: '^https?://[^\\s/]+$',
      description: 'Where tokens are given, without a path: https://login.salesforce.com or your domain.',
    }),
    signIn: Type.Union([ClientCredentials, UsernamePassword]),
    apiVersion: Type.String({ pattern: '^[1-9][0-9]\\.0$', default: '62.0' }),
    wonSince: {
      ...InstantText,
      description:
        'Opportunities last changed before this moment are never read: the day on which the integration begins.',
    },
    currency: Type.Optional({
      ...CurrencyCode,
      description: 'Of an organisation with one currency. Absent: each opportunity names its own (CurrencyIsoCode).',
    }),
    chargeFamily: Type.String({
      minLength: 1,
      default: 'Charge',
      description: 'Product2.Family of what never ships: postage, discounts, services.',
    }),
    countries: Type.Record(Type.String(), Type.String({ pattern: '^[A-Z]{2}$' }), {
      default: {},
      description: 'Countries as accounts write them, to ISO 3166-1: { "United Kingdom": "GB" }. Codes need no entry.',
    }),
    fields: Fields,
    rhythmMs: Type.Integer({
      minimum: 100,
      default: 5_000,
      description: 'Time between two reads of won opportunities.',
    }),
    overlapMs: Type.Integer({
      minimum: 0,
      maximum: 86_400_000,
      default: 60_000,
      description: 'How far back each sweep begins again: a change may become visible so long after its stamp.',
    }),
    batch: Type.Integer({ minimum: 1, maximum: 2_000, default: 200, description: 'Opportunities in one reading.' }),
    timeoutMs: Type.Integer({ minimum: 100, default: 30_000, description: 'Most time that one request may take.' }),
    concurrency: Type.Integer({ minimum: 1, maximum: 100, default: 5, description: 'Calls under way at once.' }),
    callsPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  },
  closed,
);
export type SalesforceSettings = Static<typeof SalesforceSettings>;
