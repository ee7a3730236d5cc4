/** The language of the console's own words, and so of its numbers and dates. */
export const language = 'en-GB';
