import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { UnreadableMessage } from '#connectivity/kit';
import { type Decimal, decimal, failed, ok, type Result } from '#model/kernel';
import { OrderSubmission } from '#model/messages';
import type { SalesforceSettings } from '../settings.ts';
import { instantOf, type OpportunityLineItem, WonOpportunity } from '../wire.ts';

export type Submission = Static<typeof OrderSubmission>;
type Failure = UnreadableMessage['failures'][number];

const wire = Compile(WonOpportunity);
const submission = Compile(OrderSubmission);

/** Custom fields, by their configured names. */
type Custom = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed;
};

/** A member only when there is something in it. */
const given = <Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: Value });

/**
 * Their numbers come as JSON numbers. Up to 15 digits a double gives back exactly the decimal that was written; what has more,
 * or an exponent, is refused rather than rounded.
 */
function exact(value: number | null, path: string, failures: Failure[]): Decimal | undefined {
  if (value === null) return undefined;
  try {
    return decimal(String(value));
  } catch {
    const message = `${value} is not a decimal of at most 15 digits and 6 places.`;
    failures.push({ code: 'not-a-decimal', path, message });
    return undefined;
  }
}

/** A custom field that is no longer of its type says something else than we would read: refused, not left out. */
function readable(value: unknown, type: 'string' | 'number', path: string, failures: Failure[]): void {
  if (value === null || value === undefined || typeof value === type) return;
  const message = `It is a ${typeof value} and should be a ${type}: was the field changed?`;
  failures.push({ code: 'another-type', path, message });
}

function lineOf(
  item: OpportunityLineItem,
  custom: Custom,
  path: string,
  settings: SalesforceSettings,
  failures: Failure[],
) {
  const code = text(item.Product2?.ProductCode);
  if (code === undefined) {
    const message = 'The product has no product code; give it our item number.';
    failures.push({ code: 'no-item', path: `${path}/Product2/ProductCode`, message });
  }
  const quantity = exact(item.Quantity, `${path}/Quantity`, failures);
  if (item.Quantity === null) {
    failures.push({ code: 'no-quantity', path: `${path}/Quantity`, message: 'The line has no quantity.' });
  }
  const lineNumber = custom[settings.fields.lineNumber];
  readable(lineNumber, 'number', `${path}/${settings.fields.lineNumber}`, failures);
  return {
    ...given('lineNumber', typeof lineNumber === 'number' ? lineNumber : undefined),
    kind: item.Product2?.Family === settings.chargeFamily ? ('charge' as const) : ('goods' as const),
    item: code ?? '',
    ...given('description', text(item.Description)?.slice(0, 200)),
    quantity: quantity ?? decimal(0),
    ...given('unitPrice', exact(item.UnitPrice, `${path}/UnitPrice`, failures)),
  };
}

/** The shipping address, when its country is known to us by code; else the order goes to the address that its customer has. */
function shipToOf(account: NonNullable<WonOpportunity['Account']>, countries: SalesforceSettings['countries']) {
  const country = text(account.ShippingCountry);
  const code = country === undefined ? undefined : (countries[country] ?? country);
  if (code === undefined || !/^[A-Z]{2}$/.test(code)) return undefined;
  const street = text(account.ShippingStreet)?.replace(/\s*\r?\n\s*/g, ', ');
  return {
    name: account.Name.trim().slice(0, 100),
    ...given('street', street?.slice(0, 100)),
    ...given('city', text(account.ShippingCity)),
    ...given('postalCode', text(account.ShippingPostalCode)),
    country: code,
  };
}

const headFailures = (won: WonOpportunity): Failure[] => [
  ...(text(won.Account?.AccountNumber) === undefined
    ? [
        {
          code: 'no-customer',
          path: '/Account/AccountNumber',
          message: 'The account has no account number; enter our customer number there.',
        },
      ]
    : []),
  ...((won.OpportunityLineItems?.records.length ?? 0) === 0
    ? [
        {
          code: 'no-lines',
          path: '/OpportunityLineItems',
          message: 'The opportunity has no products; add what was sold.',
        },
      ]
    : []),
];

function translated(won: WonOpportunity, settings: SalesforceSettings, failures: Failure[]): Submission {
  const custom = won as Custom;
  for (const field of [settings.fields.customerPurchaseOrder, settings.fields.requestedDate]) {
    readable(custom[field], 'string', `/${field}`, failures);
  }
  const requested = text(custom[settings.fields.requestedDate]);
  return {
    customer: text(won.Account?.AccountNumber) ?? '',
    ...given('customerPurchaseOrder', text(custom[settings.fields.customerPurchaseOrder])),
    currency: settings.currency ?? won.CurrencyIsoCode ?? '',
    orderedAt: wonAt(won),
    ...given('requestedDate', requested),
    ...given('shipTo', won.Account === null ? undefined : shipToOf(won.Account, settings.countries)),
    sourceReference: won.Id,
    lines: (won.OpportunityLineItems?.records ?? []).map((item, index) =>
      lineOf(item, item as Custom, `/OpportunityLineItems/records/${index}`, settings, failures),
    ),
  };
}

/** When it was won. Neither of the two stamps moves when the record is edited later, so that a second reading says the same. */
export const wonAt = (won: Pick<WonOpportunity, 'CreatedDate' | 'LastStageChangeDate'>): string =>
  instantOf(won.LastStageChangeDate ?? won.CreatedDate);

interface SchemaError {
  readonly instancePath: string;
  readonly message: string;
}

const invalid = ({ instancePath, message }: SchemaError): Failure => ({ code: 'invalid', path: instancePath, message });

/** A won opportunity as an order submission, or everything that keeps it from being one. Paths are theirs. */
export function submissionFrom(record: Custom, settings: SalesforceSettings): Result<Submission, Failure> {
  if (!wire.Check(record)) return failed(wire.Errors(record).map(invalid));
  const failures = headFailures(record);
  const value = translated(record, settings, failures);
  if (failures.length > 0) return failed(failures);
  return submission.Check(value) ? ok(value) : failed(submission.Errors(value).map(invalid));
}
