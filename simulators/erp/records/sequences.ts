/** Numbers for documents. As with the real one's, a number taken by a call that fails is gone. */
export interface Sequences {
  next(name: string): string;
  /** The last number of each sequence, for the commit log. */
  last(): Readonly<Record<string, number>>;
  restore(last: Readonly<Record<string, number>>): void;
}

/** `prefixes` gives the name and the prefix of every sequence; numbers are padded to six digits. */
export function createSequences(prefixes: Readonly<Record<string, string>>): Sequences {
  const last: Record<string, number> = {};
  return {
    next: (name) => {
      const number = (last[name] ?? 0) + 1;
      last[name] = number;
      return `${prefixes[name] ?? ''}${String(number).padStart(6, '0')}`;
    },
    last: () => ({ ...last }),
    restore: (known) => {
      for (const [name, number] of Object.entries(known)) last[name] = Math.max(last[name] ?? 0, number);
    },
  };
}
