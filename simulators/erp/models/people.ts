import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import type { Books } from './books.ts';
import { column, link, links } from './fields.ts';

/** Users, their groups, what they accepted. Passwords are not in the books. */
export const peopleModels = (books: Books): readonly Model[] => [
  defineModel({
    name: 'res.group',
    label: 'Group',
    table: books.groups,
    fields: { name: column('char', 'Name') },
    recordName: ({ name }) => name,
  }),
  defineModel({
    name: 'res.user',
    label: 'User',
    table: books.users,
    fields: {
      name: column('char', 'Name'),
      login: column('char', 'Login'),
      active: column('boolean', 'Active'),
      company: link('company.company', 'Current Company'),
      groups: links('res.group', 'Groups'),
    },
    recordName: ({ name }) => name,
  }),
  defineModel({
    name: 'res.user.warning',
    label: 'User Warning',
    table: books.warnings,
    fields: {
      user: link('res.user', 'User', { required: true }),
      name: column('char', 'Name', { required: true }),
      always: column('boolean', 'Always'),
    },
    recordName: ({ id }) => String(id),
    open: ['create', 'write', 'delete'],
    defaults: () => ({ always: false }),
  }),
];
