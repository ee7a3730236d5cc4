import { type Static, Type } from 'typebox';
import { closed } from './schema.ts';

const line = (description: string) =>
  Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\x00-\\x1f\\x7f]+$', description });

/** UBL Address, reduced to what a warehouse label needs. */
export const Address = Type.Object(
  {
    name: line('Recipient.'),
    street: Type.Optional(line('Street and number.')),
    city: Type.Optional(line('City.')),
    postalCode: Type.Optional(line('Postal code.')),
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' }),
  },
  closed,
);
export type Address = Static<typeof Address>;
