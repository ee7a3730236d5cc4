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

/** A set between its header and its trailer. */
export const setLines = (identifier: string, place: number, body: readonly Line[]): readonly Line[] => {
  const control = String(place).padStart(4, '0');
  return [['ST', identifier, control], ...body, ['SE', String(body.length + 2), control]];
};

/** Puts sets into one group of an interchange of their own. */
export function interchangeLines(
  kind: string,
  sets: readonly (readonly Line[])[],
  control: number,
  sides: Sides,
  at: Date,
): readonly Line[] {
  const stamp = at.toISOString().replace(/\D/g, '');
  const number = String(control).padStart(9, '0');
  const { from, to } = sides;
  const blank = ' '.repeat(10);
  const ends = [from.qualifier, from.id.padEnd(15), to.qualifier, to.id.padEnd(15)];
  const when = [stamp.slice(2, 8), stamp.slice(8, 12)];
  return [
    ['ISA', '00', blank, '00', blank, ...ends, ...when, 'U', '00401', number, '0', 'P', '>'],
    ['GS', kind, from.group, to.group, stamp.slice(0, 8), stamp.slice(8, 14), String(control), 'X', '004010'],
    ...sets.flat(),
    ['GE', String(sets.length), String(control)],
    ['IEA', '1', number],
  ];
}

export const textOf = (lines: readonly Line[]): string => lines.map((line) => `${line.join('*')}~\n`).join('');
