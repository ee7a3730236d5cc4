import type { Transaction } from '../records/transaction.ts';

/** What the client learns of its user; `contextOnly`: what belongs in the context of every call. */
export function preferences(transaction: Transaction, contextOnly: boolean): object {
  const { books, user: id } = transaction;
  const user = books.users.must(id);
  const company = books.companies.must(user.company);
  const context = {
    company_filter: 'one',
    company: company.id,
    'company.rec_name': books.parties.must(company.party).name,
    language: 'en',
    language_direction: 'ltr',
    groups: user.groups,
  };
  return contextOnly ? context : { ...context, name: user.name, login: user.login, companies: [company.id] };
}
