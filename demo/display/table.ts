/** Widest line that is printed. */
export const width = 100;

/** Cuts a text that is too long, and shows that it did. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, Math.max(0, longest - 1))}…`;

export interface Column {
  readonly head: string;
  readonly right?: true;
}

/** Rows under their heads, with a rule between; numbers stand right. No line is wider than `width`. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map(({ head }, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ right }, at) => {
        const cell = cells[at] ?? '';
        return right ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((wide) => '─'.repeat(wide)).join('──');
  return [line(columns.map(({ head }) => head)), rule, ...rows.map(line)].map((each) => cut(`  ${each}`, width));
}

/** `12,345.60`: an amount as people read it. */
export function amountText(amount: string): string {
  const [whole = '0', pence = '00'] = amount.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${pence}`;
}

/** `850 ms`, `12.4 s`. */
export const durationText = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
