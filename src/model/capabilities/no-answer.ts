import { Type } from 'typebox';

/** The answer of a verb that only does something: by hand one says `null`. */
export const NoAnswer = Type.Null({ description: 'It answers nothing.' });
