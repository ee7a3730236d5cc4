/** One statement of a migration: its text without comments, in small letters and single spaces, and the line it starts on. */
export interface Statement {
  readonly text: string;
  readonly line: number;
}

/** Where a quoted text, a dollar-quoted body or a comment that begins at `from` ends. */
function endOfPiece(sql: string, from: number): number {
  if (sql.startsWith('--', from)) return (sql.indexOf('\n', from) + 1 || sql.length + 1) - 1;
  if (sql.startsWith('/*', from)) return sql.indexOf('*/', from) + 2;
  if (sql[from] === "'" || sql[from] === '"') return sql.indexOf(sql[from] ?? '', from + 1) + 1 || sql.length;
  const dollar = /^\$\w*\$/.exec(sql.slice(from, from + 40))?.[0];
  return dollar === undefined ? from + 1 : sql.indexOf(dollar, from + dollar.length) + dollar.length;
}

const isComment = (sql: string, at: number): boolean => sql.startsWith('--', at) || sql.startsWith('/*', at);

/** Splits SQL at its semicolons; those in texts, bodies and comments do not count. */
export function statementsOf(sql: string): readonly Statement[] {
  const statements: Statement[] = [];
  let text = '';
  let begins = 0;
  const finish = (): void => {
    const plain = text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
    if (plain !== '') statements.push({ text: plain, line: sql.slice(0, begins).split('\n').length });
    text = '';
  };
  for (let at = 0; at < sql.length; ) {
    const end = Math.max(at + 1, endOfPiece(sql, at));
    const piece = isComment(sql, at) ? ' ' : sql.slice(at, end);
    if (text.trim() === '' && piece.trim() !== '') begins = at;
    if (piece === ';') finish();
    else text += piece;
    at = end;
  }
  finish();
  return statements;
}
