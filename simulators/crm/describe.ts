import type { FieldType, ObjectType } from './object-types.ts';

const soapTypes: Readonly<Record<FieldType['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  string: 'xsd:string',
  picklist: 'xsd:string',
  boolean: 'xsd:boolean',
  currency: 'xsd:double',
  double: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  int: 'xsd:int',
};

const describeField = (field: FieldType) => ({
  name: field.name,
  label: field.label,
  type: field.type,
  soapType: soapTypes[field.type],
  length: field.length ?? 0,
  custom: field.name.endsWith('__c'),
  createable: field.createable,
  updateable: field.updateable,
  nillable: !field.required && field.type !== 'boolean' && field.type !== 'id',
  defaultedOnCreate: field.type === 'boolean' || !field.createable,
  filterable: true,
  sortable: true,
  idLookup: field.type === 'id',
  externalId: false,
  unique: false,
  referenceTo: field.to === undefined ? [] : [field.to.object],
  relationshipName: field.to?.relationship ?? null,
  picklistValues: [],
});

/** What `sobjects/<name>/describe` answers: the part of it that a client reads. */
export const describeObject = (type: ObjectType, version: string) => ({
  name: type.name,
  label: type.label,
  keyPrefix: type.keyPrefix,
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  queryable: true,
  retrieveable: true,
  childRelationships: Object.entries(type.children).map(([relationshipName, child]) => ({
    relationshipName,
    childSObject: child.object,
    field: child.field,
  })),
  fields: type.fields.map(describeField),
  urls: {
    sobject: `/services/data/${version}/sobjects/${type.name}`,
    describe: `/services/data/${version}/sobjects/${type.name}/describe`,
    rowTemplate: `/services/data/${version}/sobjects/${type.name}/{ID}`,
  },
});
