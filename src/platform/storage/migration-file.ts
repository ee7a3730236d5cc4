/** `0061` of `0061-lost-windows`. */
export const numberOf = (name: string): string => name.slice(0, 4);

const said = (text: string, what: string): string | undefined =>
  new RegExp(`^-- ${what}:(.*)$`, 'm').exec(text)?.[1]?.trim();

/**
 * What a migration says about older programs, in a line of its opening comment: `-- compatible-from: 0060` means that a program must
 * know migration 0060 to go on with the database once this one is applied. Absent: every older program can, so that the program may
 * be rolled back.
 */
export function compatibleFrom(file: string, text: string): string | null {
  const from = said(text, 'compatible-from');
  if (from === undefined) return null;
  if (!/^\d{4}$/.test(from)) throw new Error(`migration ${file}: compatible-from names a migration by four digits`);
  return from;
}

/**
 * The one statement of a migration that says `-- without-transaction: why`, which is what `create index concurrently` needs. It may be
 * cut off and is then begun again: an index that was left half built is dropped first. Undefined: it is an ordinary migration.
 */
export function aloneStatement(
  file: string,
  text: string,
): { readonly index: string; readonly sql: string } | undefined {
  if (said(text, 'without-transaction') === undefined) return undefined;
  const sql = text
    .replaceAll(/^--.*$/gm, '')
    .trim()
    .replace(/;$/, '');
  const index = /^create (?:unique )?index concurrently ([a-z_]\w*) on /i.exec(sql)?.[1];
  if (index === undefined || sql.includes(';')) {
    throw new Error(
      `migration ${file}: without a transaction stands one \`create index concurrently name on …\` and nothing else`,
    );
  }
  return { index, sql };
}
