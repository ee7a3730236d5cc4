/** Where a quantity can stand, in the order in which it passes. */
export const stages = [
  'open',
  'backordered',
  'allocated',
  'released',
  'picked',
  'packed',
  'shipped',
  'cancelled',
] as const;
export type Stage = (typeof stages)[number];

export type Quantities = Readonly<Partial<Record<Stage | 'ordered' | 'invoiced' | 'returned', string>>>;

/** A piece of a line's bar. `text`: as the API says it, exact however large; `share` is for drawing only. */
export interface Segment {
  readonly stage: Stage;
  readonly text: string;
  readonly share: number;
}

const amount = (text: string | undefined): number => {
  const value = Number(text ?? '0');
  return Number.isFinite(value) && value > 0 ? value : 0;
};

/** The bar of a line: what is not zero, in shares of the whole. */
export function segmentsOf(quantities: Quantities): readonly Segment[] {
  const present = stages.filter((stage) => amount(quantities[stage]) > 0);
  const whole = present.reduce((sum, stage) => sum + amount(quantities[stage]), 0);
  return present.map((stage) => ({
    stage,
    text: quantities[stage] ?? '0',
    share: amount(quantities[stage]) / whole,
  }));
}

/** How much of what shipped is invoiced, 0 to 1. */
export function invoicedShare(quantities: Quantities): number {
  const whole = amount(quantities.ordered);
  return whole === 0 ? 0 : Math.min(1, amount(quantities.invoiced) / whole);
}

/** Whether something of the line needs a look: it waits for stock, or was cancelled, or is not yet on its way. */
export const isSettled = (quantities: Quantities): boolean =>
  stages.every((stage) => stage === 'shipped' || stage === 'cancelled' || amount(quantities[stage]) === 0);

/** How many lines stand how: a line counts in each stage in which some of it stands. */
export function countsByStage(lines: readonly { readonly quantities?: Quantities }[]): ReadonlyMap<Stage, number> {
  const counts = new Map<Stage, number>();
  for (const { quantities } of lines) {
    for (const { stage } of quantities === undefined ? [] : segmentsOf(quantities)) {
      counts.set(stage, (counts.get(stage) ?? 0) + 1);
    }
  }
  return counts;
}
