/** The lines of a sparkline in a box of this size: one SVG path; a gap where there is no value. One value alone is a dot. */
export function sparklinePath(values: readonly (number | undefined)[], width: number, height: number): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return '';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const step = values.length < 2 ? 0 : width / (values.length - 1);
  const place = (value: number): string => {
    const share = most === least ? 0.5 : (value - least) / (most - least);
    return (height - share * height).toFixed(1);
  };
  let path = '';
  values.forEach((value, at) => {
    if (value === undefined) return;
    const [x, y] = [(at * step).toFixed(1), place(value)];
    const isAlone = values[at - 1] === undefined && values[at + 1] === undefined;
    path += values[at - 1] === undefined ? `M${x} ${y}` : `L${x} ${y}`;
    if (isAlone) path += 'h0.1';
  });
  return path;
}
