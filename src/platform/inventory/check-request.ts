import { type Decimal, Fault, isDecimal, isNegative, isPositive } from '#model/kernel';

const refuse = (message: string): never => {
  throw new Fault('permanent', { code: 'invalid-stock-request', message });
};

/** Lines of a request: at least one, each number once, every quantity a decimal that passes `fits`. */
export function checkLines<Line extends { readonly lineNumber: number; readonly item: string }>(
  lines: readonly Line[],
  quantities: (line: Line) => readonly Decimal[],
  fits: 'positive' | 'not-negative',
): void {
  if (lines.length === 0) refuse('lines: name at least one');
  const seen = new Set<number>();
  for (const line of lines) {
    if (seen.has(line.lineNumber)) refuse(`lines: line ${line.lineNumber} stands there twice`);
    seen.add(line.lineNumber);
    if (line.item === '') refuse(`line ${line.lineNumber}: item is empty`);
    for (const quantity of quantities(line)) {
      const good = isDecimal(quantity) && (fits === 'positive' ? isPositive(quantity) : !isNegative(quantity));
      if (!good) refuse(`line ${line.lineNumber}: quantity ${JSON.stringify(quantity)} is not a ${fits} decimal`);
    }
  }
}

/** Positions: each once, since a set-based write would lose the second; every quantity a decimal. */
export function checkPositions(
  positions: readonly { readonly item: string; readonly site: string; readonly quantity: Decimal }[],
): void {
  const seen = new Set<string>();
  for (const { item, site, quantity } of positions) {
    const place = `item ${JSON.stringify(item)} at ${JSON.stringify(site)}`;
    if (item === '' || site === '') refuse(`${place}: both must be named`);
    if (seen.has(place)) refuse(`${place} stands there twice`);
    seen.add(place);
    if (!isDecimal(quantity)) refuse(`${place}: ${JSON.stringify(quantity)} is not a decimal`);
  }
}

/** Names without which nothing can be kept. */
export function checkNames(names: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(names)) if (value === '') refuse(`${name} is empty`);
}
