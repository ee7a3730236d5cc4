import { Type } from 'typebox';
import type { Clock } from '#model/kernel';
import { decimalPattern } from '#model/kernel';
import { type Action, createCheck } from '../kit/index.ts';
import type { Records } from './records.ts';
import { chargeFamily, goodsFamily } from './seed.ts';

const Text = Type.String({ minLength: 1 });
const Amount = Type.String({ pattern: decimalPattern });

const WonOpportunity = Type.Object(
  {
    /** Customer number; absent: an account without a number. One that the world does not have gets an account of its own. */
    customer: Type.Optional(Text),
    purchaseOrder: Type.Optional(Text),
    currency: Type.Optional(Text),
    requestedDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })),
    sourceReference: Type.Optional(Text),
    lines: Type.Array(
      Type.Object(
        {
          lineNumber: Type.Optional(Type.Integer({ minimum: 1 })),
          item: Text,
          kind: Type.Optional(Type.Union([Type.Literal('goods'), Type.Literal('charge')])),
          quantity: Amount,
          unitPrice: Amount,
          description: Type.Optional(Type.String({ maxLength: 200 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

const check = createCheck(WonOpportunity);

/** Looks a record up by one field, as a salesperson would, and makes it when it is not there. */
function findOrInsert(records: Records, object: string, field: string, value: string | null, more: object): string {
  const known = records.all(object).find((record) => record[field] === value);
  return (known ?? records.insert(object, { [field]: value, ...more })).Id;
}

/**
 * The action `win-opportunity`: a salesperson wins an opportunity with these lines. All of it appears at once, as a saved
 * transaction does. Answers `{ id }`.
 */
export const winOpportunity =
  (records: Records, currency: string, clock: Clock): Action =>
  async (input) => {
    const checked = check(input);
    if ('complaints' in checked) throw new Error(`win-opportunity: ${checked.complaints.join('; ')}`);
    const { customer, purchaseOrder, requestedDate, sourceReference, lines, ...given } = checked.value;
    const accountName = customer === undefined ? 'Unidentified' : `Customer ${customer}`;
    const account = findOrInsert(records, 'Account', 'AccountNumber', customer ?? null, { Name: accountName });
    const opportunity = records.insert('Opportunity', {
      AccountId: account,
      Name: `${accountName} ${purchaseOrder ?? sourceReference ?? ''}`.trim().slice(0, 120),
      StageName: 'Closed Won',
      CloseDate: clock.now().slice(0, 10),
      CurrencyIsoCode: given.currency ?? currency,
      HasOpportunityLineItem: lines.length > 0,
      Customer_Purchase_Order__c: purchaseOrder ?? null,
      Requested_Date__c: requestedDate ?? null,
      Source_Reference__c: sourceReference ?? null,
    });
    lines.forEach(({ item, kind, description, quantity, unitPrice, lineNumber }, index) => {
      const product = findOrInsert(records, 'Product2', 'ProductCode', item, {
        Name: description ?? item,
        Family: kind === 'charge' ? chargeFamily : goodsFamily,
        IsActive: true,
      });
      records.insert('OpportunityLineItem', {
        OpportunityId: opportunity.Id,
        Product2Id: product,
        SortOrder: index + 1,
        Quantity: Number(quantity),
        UnitPrice: Number(unitPrice),
        Description: description ?? null,
        Crossdock_Line_Number__c: lineNumber ?? null,
      });
    });
    return { id: opportunity.Id };
  };
