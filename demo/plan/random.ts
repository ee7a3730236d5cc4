/** Numbers that look random and repeat with their seed. */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** The same elements in another order. */
  shuffled<Element>(elements: readonly Element[]): readonly Element[];
}

/** Makes a generator (Weyl sequence with a 32-bit mixer). The same seed always gives the same numbers. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 4_294_967_296;
  };
  return {
    next,
    shuffled: (elements) =>
      elements
        .map((element) => ({ element, rank: next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ element }) => element),
  };
}
