import { describe, expect, test } from 'vitest';
import { checkMigration } from './migrations/check-migration.ts';
import { statementsOf } from './migrations/statements.ts';

const rulesOf = (sql: string): readonly string[] => checkMigration('x.sql', `-- why\n${sql}`).map(({ rule }) => rule);

describe('a migration that meets a program at work', () => {
  test.each([
    ['create index run_state on run (state);', 'index'],
    ['create unique index run_state on crossdock.run (state);', 'index'],
    ['alter table run add column more text not null;', 'not-null'],
    ['alter table run add column more uuid not null default gen_random_uuid();', 'rewrite'],
    ['alter table run alter column key type varchar(40);', 'rewrite'],
    ['alter table run add column n bigserial;', 'rewrite'],
    ['alter table run alter column ending set not null;', 'scan'],
    ['alter table run add constraint positive check (version > 0);', 'scan'],
    ['alter table run add constraint known foreign key (flow) references flow_version;', 'scan'],
    ['alter table run drop column ending;', 'drop'],
    ['alter table run rename column ending to outcome;', 'drop'],
    ['drop index case_open;', 'drop'],
    ['drop table timer;', 'drop'],
    ["update run set state = 'x' where state = 'y';", 'whole-table'],
    ['delete from timer;', 'whole-table'],
    ['lock table run;', 'lock'],
  ])('is refused for %s', (sql, rule) => {
    expect(rulesOf(sql)).toContain(rule);
  });

  test('is refused for locking one table while it waits for another', () => {
    expect(rulesOf('alter table run add column a text; alter table effect add column b text;')).toEqual([
      'lock',
      'lock',
    ]);
  });

  test.each([
    'alter table run add column more text;',
    "alter table run add column more text not null default '';",
    'create index concurrently run_state on run (state);',
    'alter table run add constraint positive check (version > 0) not valid;',
    'create table young (n integer); create index young_n on young (n); alter table young alter column n type bigint;',
    "create function f() returns void language sql as $$ delete from run; update run set state = 'x' $$;",
    '-- drop table run;\nselect 1;',
    "comment on table run is 'drop; delete from run';",
  ])('is let through with %s', (sql) => {
    expect(rulesOf(sql)).toEqual([]);
  });

  test('is let through when it says why it may, and only for that', () => {
    const sql =
      '-- allowed: drop, because nobody has used it since 0040\ndrop index case_open; create index i on run (key);';
    expect(rulesOf(sql)).toEqual(['index']);
    expect(rulesOf('-- allowed: drop\ndrop index case_open;')).toEqual(['drop']);
  });

  test('is told with its line', () => {
    expect(checkMigration('x.sql', '-- why\n\nselect 1;\n\ndrop table run;')[0]?.line).toBe(5);
    expect(statementsOf("select ';'; select $$;$$").length).toBe(2);
  });
});
