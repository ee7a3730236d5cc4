/** A field of an object, with what the API says and checks of it. */
export interface FieldType {
  readonly name: string;
  readonly type:
    | 'id'
    | 'reference'
    | 'string'
    | 'picklist'
    | 'boolean'
    | 'currency'
    | 'double'
    | 'date'
    | 'datetime'
    | 'int';
  readonly label: string;
  /** Most characters of a text. */
  readonly length?: number;
  readonly updateable: boolean;
  readonly createable: boolean;
  readonly required: boolean;
  /** Of a reference: the object it leads to and the name by which a query walks there. */
  readonly to?: { readonly object: string; readonly relationship: string };
}

export interface ObjectType {
  readonly name: string;
  readonly label: string;
  /** First three characters of its ids. */
  readonly keyPrefix: string;
  readonly fields: readonly FieldType[];
  /** Lists of children by the name of their relationship. */
  readonly children: Readonly<Record<string, { readonly object: string; readonly field: string }>>;
}

type Options = Partial<Pick<FieldType, 'label' | 'length' | 'updateable' | 'createable' | 'required' | 'to'>>;

const field = (name: string, type: FieldType['type'], options: Options = {}): FieldType => ({
  name,
  type,
  label: options.label ?? name,
  updateable: options.updateable ?? true,
  createable: options.createable ?? options.updateable ?? true,
  required: options.required ?? false,
  ...(options.length === undefined ? {} : { length: options.length }),
  ...(options.to === undefined ? {} : { to: options.to }),
});

const text = (name: string, length = 255, options: Options = {}) => field(name, 'string', { length, ...options });
const kept = { updateable: false } as const;
const reference = (name: string, object: string, options: Options = {}) =>
  field(name, 'reference', { length: 18, to: { object, relationship: name.replace(/Id$/, '') }, ...options });

/** What every object has and only the system writes. */
const systemFields = [
  field('Id', 'id', { length: 18, ...kept }),
  field('IsDeleted', 'boolean', kept),
  field('CreatedDate', 'datetime', kept),
  field('LastModifiedDate', 'datetime', kept),
  field('SystemModstamp', 'datetime', kept),
];

const account: ObjectType = {
  name: 'Account',
  label: 'Account',
  keyPrefix: '001',
  fields: [
    ...systemFields,
    text('Name', 255, { required: true }),
    text('AccountNumber', 40),
    text('ShippingStreet'),
    text('ShippingCity', 40),
    text('ShippingPostalCode', 20),
    text('ShippingCountry', 80),
  ],
  children: { Opportunities: { object: 'Opportunity', field: 'AccountId' } },
};

const product: ObjectType = {
  name: 'Product2',
  label: 'Product',
  keyPrefix: '01t',
  fields: [
    ...systemFields,
    text('Name', 255, { required: true }),
    text('ProductCode'),
    text('Description', 4_000),
    field('Family', 'picklist', { length: 255 }),
    field('IsActive', 'boolean'),
  ],
  children: {},
};

const opportunity: ObjectType = {
  name: 'Opportunity',
  label: 'Opportunity',
  keyPrefix: '006',
  fields: [
    ...systemFields,
    reference('AccountId', 'Account'),
    text('Name', 120, { required: true }),
    field('StageName', 'picklist', { length: 255, required: true }),
    field('CloseDate', 'date', { required: true }),
    field('Amount', 'currency'),
    field('CurrencyIsoCode', 'picklist', { length: 3 }),
    field('IsClosed', 'boolean', kept),
    field('IsWon', 'boolean', kept),
    field('HasOpportunityLineItem', 'boolean', kept),
    field('LastStageChangeDate', 'datetime', kept),
    text('Customer_Purchase_Order__c', 40, { label: 'Customer Purchase Order' }),
    field('Requested_Date__c', 'date', { label: 'Requested Date' }),
    text('Source_Reference__c', 80, { label: 'Source Reference' }),
    text('Crossdock_Order_Number__c', 30, { label: 'Order Number' }),
    text('Crossdock_Order_State__c', 100, { label: 'Order State' }),
    text('Crossdock_Tracking__c', 255, { label: 'Tracking Numbers' }),
    field('Crossdock_News_Version__c', 'double', { label: 'News Version' }),
  ],
  children: { OpportunityLineItems: { object: 'OpportunityLineItem', field: 'OpportunityId' } },
};

const lineItem: ObjectType = {
  name: 'OpportunityLineItem',
  label: 'Opportunity Product',
  keyPrefix: '00k',
  fields: [
    ...systemFields,
    reference('OpportunityId', 'Opportunity', { updateable: false, createable: true, required: true }),
    reference('Product2Id', 'Product2', { updateable: false, createable: true, required: true }),
    field('SortOrder', 'int', kept),
    field('Quantity', 'double', { required: true }),
    field('UnitPrice', 'currency'),
    text('Description'),
    field('Crossdock_Line_Number__c', 'double', { label: 'Line Number' }),
  ],
  children: {},
};

/** The objects of this organisation by name: a part of the standard ones, with the custom fields that Crossdock asks for. */
export const objectTypes: ReadonlyMap<string, ObjectType> = new Map(
  [account, product, opportunity, lineItem].map((type) => [type.name, type]),
);
