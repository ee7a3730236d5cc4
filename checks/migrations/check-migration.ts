import { dangers } from './dangers.ts';
import { type Statement, statementsOf } from './statements.ts';

export interface MigrationFinding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

const bare = (name: string | undefined): string => (name ?? '').replace(/^crossdock\./, '').replaceAll('"', '');

/** The table that a statement is about. */
const tableOf = ({ text }: Statement): string =>
  bare(
    /^(?:alter|truncate|lock|drop) (?:table )?(?:if exists )?(?:only )?([\w."]+)/.exec(text)?.[1] ??
      /^create (?:unique )?index .*? on (?:only )?([\w."]+)/.exec(text)?.[1] ??
      /^create trigger .*? on ([\w."]+)/.exec(text)?.[1] ??
      /^(?:update|delete from|insert into) (?:only )?([\w."]+)/.exec(text)?.[1],
  );

const madeBy = ({ text }: Statement): string | undefined => {
  const made = /^create (?:unlogged )?table (?:if not exists )?([\w."]+)/.exec(text)?.[1];
  return made === undefined ? undefined : bare(made);
};

/** `-- allowed: drop, because the index was of no use to anyone` */
const allowedIn = (sql: string): ReadonlySet<string> =>
  new Set([...sql.matchAll(/^-- allowed: ([\w-]+), because \S.*$/gm)].map((match) => match[1] ?? ''));

/** What a migration would do to the program before it, which is still at work; unless it says why it may. */
export function checkMigration(file: string, sql: string): readonly MigrationFinding[] {
  const allowed = allowedIn(sql);
  const statements = statementsOf(sql);
  const made = new Set(statements.map(madeBy));
  const onOld = statements.filter((statement) => madeBy(statement) === undefined && !made.has(tableOf(statement)));
  return onOld.flatMap((statement) => {
    const others = onOld.filter(
      (other) => tableOf(other) !== tableOf(statement) && /^(alter table|update|delete|insert|lock)/.test(other.text),
    );
    return dangers
      .filter(({ rule, isMet }) => isMet(statement, others.length === 0) && !allowed.has(rule))
      .map(({ rule, because }) => ({
        file,
        line: statement.line,
        rule,
        message: `${rule}: ${because}. Or say \`-- allowed: ${rule}, because …\``,
      }));
  });
}
