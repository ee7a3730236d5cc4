/** What may stand in a document, a message or a journal entry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json | undefined };
