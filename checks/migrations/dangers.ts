import type { Statement } from './statements.ts';

/** A kind of statement that must not meet a table that is in use. */
export interface Danger {
  readonly rule: string;
  /** What it does to the program that is at work, and what to do instead. */
  readonly because: string;
  readonly isMet: (statement: Statement, alone: boolean) => boolean;
}

const adds = (text: string): readonly string[] =>
  [...text.matchAll(/add column (?:if not exists )?([^,]*(?:\([^)]*\)[^,]*)*)/g)].map((match) => match[1] ?? '');

const volatile = /default [^,]*\b(gen_random_uuid|random|clock_timestamp|nextval|uuid_generate_v\d)\b/;

/** Said of tables that this migration does not make itself. */
export const dangers: readonly Danger[] = [
  {
    rule: 'index',
    because:
      'building it stops every write to the table: `create index concurrently`, in a migration with a line `-- without-transaction: why`',
    isMet: ({ text }) => /^create (unique )?index (?!concurrently)/.test(text),
  },
  {
    rule: 'not-null',
    because: 'the program before this one does not write the column: give it a default, or allow null',
    isMet: ({ text }) => adds(text).some((column) => /not null/.test(column) && !/default|generated/.test(column)),
  },
  {
    rule: 'rewrite',
    because:
      'it writes the whole table anew under an exclusive lock: add a column, fill it in slices, change over later',
    isMet: ({ text }) =>
      /alter column \S+ (set data )?type /.test(text) ||
      adds(text).some(
        (column) => volatile.test(column) || /generated always as \(.*stored|\bserial\b|bigserial/.test(column),
      ) ||
      /^(vacuum full|cluster\b)/.test(text) ||
      /set (logged|unlogged|tablespace)/.test(text),
  },
  {
    rule: 'scan',
    because:
      'it reads the whole table under an exclusive lock: `add constraint … not valid`, and validate it in a later migration',
    isMet: ({ text }) =>
      /alter column \S+ set not null/.test(text) ||
      (/ add (constraint \S+ )?(check|foreign key|primary key|unique|exclude)\b/.test(text) &&
        !/not valid|using index/.test(text)),
  },
  {
    rule: 'drop',
    because: 'the program before this one still uses it: drop it one release later',
    isMet: ({ text }) =>
      /^drop (table|index|view|function|trigger|sequence|schema|type)\b/.test(text) ||
      /^alter table .* drop (column|constraint|default)/.test(text) ||
      /^alter table .* rename\b/.test(text) ||
      /^truncate\b/.test(text),
  },
  {
    rule: 'whole-table',
    because:
      'its rows stay locked until the migration ends, and the runs that they belong to wait: do it in slices from the program',
    isMet: ({ text }) => /^(update|delete)\b/.test(text) || /^insert into .* select .* from /.test(text),
  },
  {
    rule: 'lock',
    because: 'what it locks stays locked until the migration ends: put it into a migration of its own',
    isMet: ({ text }, alone) => /^lock\b/.test(text) || (/^alter table|^create trigger/.test(text) && !alone),
  },
];
