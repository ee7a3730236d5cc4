/** What is due first comes out first. */
export interface Heap<Item> {
  push(item: Item): void;
  peek(): Item | undefined;
  pop(): Item | undefined;
  readonly size: number;
}

export function createHeap<Item>(orderOf: (item: Item) => number): Heap<Item> {
  const items: Item[] = [];

  const at = (index: number): number => {
    const item = items[index];
    return item === undefined ? Number.POSITIVE_INFINITY : orderOf(item);
  };
  function swap(a: number, b: number): void {
    [items[a], items[b]] = [items[b] as Item, items[a] as Item];
  }
  function rise(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (at(parent) <= at(index)) return;
      swap(parent, index);
      index = parent;
    }
  }
  function sink(): void {
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const least = at(left + 1) < at(left) ? left + 1 : left;
      if (at(least) >= at(index)) return;
      swap(index, least);
      index = least;
    }
  }

  return {
    push: (item) => rise(items.push(item) - 1),
    peek: () => items[0],
    pop: () => {
      const first = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) {
        items[0] = last;
        sink();
      }
      return first;
    },
    get size() {
      return items.length;
    },
  };
}
