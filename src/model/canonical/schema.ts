import { Type } from 'typebox';
import { type Decimal, decimalPattern } from '#model/kernel';

/** Exact decimal as text, e.g. `"12.50"`. */
export const DecimalText = Type.Unsafe<Decimal>({
  type: 'string',
  pattern: decimalPattern,
  description: 'Exact decimal as text, at most 15 digits and 6 decimal places.',
  examples: ['12.50'],
});

/** A name or number that a system gave: no control characters, no surrounding blanks. */
export const Identifier = (description: string, maxLength = 60) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\s\\x00-\\x1f\\x7f](?:[^\\x00-\\x1f\\x7f]*[^\\s\\x00-\\x1f\\x7f])?$',
    description,
  });

/** A sentence of a person's: no control characters, so that it passes every wire and every database. */
export const PlainText = (description: string, maxLength = 300) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\x00-\\x1f\\x7f]+$', description });

export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['GBP'] });
export const UnitCode = Type.String({
  pattern: '^[A-Z0-9]{2,3}$',
  description: 'Unit of measure, X12 element 355: EA each, CA case, PL pallet.',
  examples: ['EA'],
});
export const InstantText = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$',
  description: 'Moment in UTC, ISO 8601.',
});
export const DateText = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'Calendar day.' });

/** Objects are closed: an unknown member is an error, so that a misspelt one is not silently lost. */
export const closed = { additionalProperties: false } as const;
