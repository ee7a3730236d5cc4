/** Remembers control numbers of a group. Numbers that ascend without gaps, as they mostly do, take no memory however many. */
export interface ControlNumbers {
  has(control: string): boolean;
  add(control: string): void;
}

interface Range {
  readonly first: number;
  last: number;
}

/** Makes an empty memory of control numbers. */
export function createControlNumbers(): ControlNumbers {
  const ascending: Range[] = [];
  const others = new Set<string>();

  const within = (number: number): boolean => {
    let low = 0;
    let high = ascending.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = ascending[middle];
      if (range === undefined) return false;
      if (number < range.first) high = middle - 1;
      else if (number > range.last) low = middle + 1;
      else return true;
    }
    return false;
  };
  /** With a 1 before it, for `0001` and `00001` are two control numbers. */
  const numeric = (control: string): number | undefined =>
    /^[0-9]{4,9}$/.test(control) ? Number(`1${control}`) : undefined;

  return {
    has: (control) => {
      const number = numeric(control);
      return (number !== undefined && within(number)) || others.has(control);
    },
    add: (control) => {
      const number = numeric(control);
      const last = ascending.at(-1);
      if (number === undefined) others.add(control);
      else if (last !== undefined && number === last.last + 1) last.last = number;
      else if (last === undefined || number > last.last) ascending.push({ first: number, last: number });
      else others.add(control);
    },
  };
}
