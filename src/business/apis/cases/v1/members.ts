import { Type } from 'typebox';
import { CurrencyCode, closed, DecimalText, Identifier } from '#model/canonical';

const uuid = (description: string) =>
  Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    description,
    examples: ['0198c6a2-4a1e-7c1f-9d6e-3b1f8a6c2d10'],
  });

export const CaseId = uuid('The case, by its id: lower case, with hyphens.');
export const BulkId = uuid('The bulk, by its id: lower case, with hyphens.');
export const GroupName = Identifier('The group, as the list of groups names it.', 200);
export const Person = Identifier('A person or a team.', 60);

/** Why somebody decided so; stands in the audit for ever. */
export const Reason = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '\\S',
  description: 'Why, in a sentence.',
  examples: ['the company setting was corrected'],
});

export const Worth = Type.Object({ amount: DecimalText, currency: CurrencyCode }, closed);

export const PageSize = Type.String({
  pattern: '^([1-9][0-9]?|1[0-9][0-9]|200)$',
  description: 'How many at most, 1 to 200.',
  examples: ['50'],
});
export const yes = Type.Literal('true', { description: 'Only `true`: leave it out for all.' });
