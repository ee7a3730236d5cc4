import { Type } from 'typebox';

/** Why somebody decided so; stands in the order's journal for ever. */
export const Reason = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '\\S',
  description: 'Why, in a sentence.',
  examples: ['the customer ordered twice'],
});
