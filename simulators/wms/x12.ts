/** A segment as its elements, its name first. */
export type Line = readonly string[];

/** Cuts an interchange as a plain warehouse translator does: by the separators that its ISA shows. Undefined: no interchange. */
export function cut(text: string): readonly Line[] | undefined {
  if (!text.startsWith('ISA') || text.length < 106) return undefined;
  const separator = text.charAt(3);
  const terminator = text.charAt(105);
  return text
    .split(terminator)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(separator).map((element) => element.trim()));
}

/** Who writes to whom, as an interchange says it. */
export interface Sides {
  readonly from: { readonly qualifier: string; readonly id: string; readonly group: string };
  readonly to: { readonly qualifier: string; readonly id: string; readonly group: string };
}

/** Sender and receiver of a received interchange, and so the other way round of the answer. */
export function answeringSides(lines: readonly Line[]): Sides {
  const isa = lines.find(([name]) => name === 'ISA') ?? [];
  const gs = lines.find(([name]) => name === 'GS') ?? [];
  const side = (place: number, group: number) => ({
    qualifier: isa[place] ?? 'ZZ',
    id: isa[place + 1] ?? '',
    group: gs[group] ?? '',
  });
  return { from: side(7, 3), to: side(5, 2) };
}

/** Puts a set into an interchange of its own. */
export function wrap(
  set: string,
  kind: string,
  body: readonly Line[],
  control: number,
  sides: Sides,
  at: Date,
): string {
  const stamp = at.toISOString().replace(/\D/g, '');
  const number = String(control).padStart(9, '0');
  const { from, to } = sides;
  const blank = ' '.repeat(10);
  const ends = [from.qualifier, from.id.padEnd(15), to.qualifier, to.id.padEnd(15)];
  const when = [stamp.slice(2, 8), stamp.slice(8, 12)];
  const lines: Line[] = [
    ['ISA', '00', blank, '00', blank, ...ends, ...when, 'U', '00401', number, '0', 'P', '>'],
    ['GS', kind, from.group, to.group, stamp.slice(0, 8), stamp.slice(8, 14), String(control), 'X', '004010'],
    ['ST', set, '0001'],
    ...body,
    ['SE', String(body.length + 2), '0001'],
    ['GE', '1', String(control)],
    ['IEA', '1', number],
  ];
  return lines.map((line) => `${line.join('*')}~\n`).join('');
}
