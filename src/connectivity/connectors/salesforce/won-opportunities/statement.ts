import type { SalesforceSettings } from '../settings.ts';
import type { Cursor } from './cursor.ts';

const accountFields = [
  'Name',
  'AccountNumber',
  'ShippingStreet',
  'ShippingCity',
  'ShippingPostalCode',
  'ShippingCountry',
].map((name) => `Account.${name}`);

const position = ({ at, id }: Cursor): string =>
  id === '' ? `SystemModstamp >= ${at}` : `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > '${id}'))`;

/** The query for the next won opportunities that have no order yet, oldest change first. Field names are checked by the settings. */
export function wonOpportunitiesStatement(cursor: Cursor, settings: SalesforceSettings): string {
  const { fields, batch, currency } = settings;
  const lines = [fields.lineNumber, 'Quantity', 'UnitPrice', 'Description', 'Product2.ProductCode', 'Product2.Family'];
  const wanted = [
    'Id',
    'SystemModstamp',
    'CreatedDate',
    'LastStageChangeDate',
    ...(currency === undefined ? ['CurrencyIsoCode'] : []),
    fields.customerPurchaseOrder,
    fields.requestedDate,
    ...accountFields,
    `(SELECT ${lines.join(', ')} FROM OpportunityLineItems ORDER BY SortOrder, Id)`,
  ];
  const where = `IsWon = true AND ${fields.orderNumber} = null AND ${position(cursor)}`;
  return `SELECT ${wanted.join(', ')} FROM Opportunity WHERE ${where} ORDER BY SystemModstamp, Id LIMIT ${batch}`;
}
