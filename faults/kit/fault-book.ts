/** A fault that a scenario announced, and how often it has shown itself. One that never did is a failed plan. */
export interface Planned {
  readonly name: string;
  readonly fired: number;
}

export interface FaultBook {
  /** Announces a fault; call the answer each time that it shows itself. */
  plan(name: string): () => void;
  /** A fault that is done at once. */
  fired(name: string): void;
  /** It turned out to be impossible, and is no part of the plan any more. */
  withdraw(name: string): void;
  list(): readonly Planned[];
  /** When the last one showed itself, `performance.now()`; 0 when none has. */
  lastAt(): number;
}

export function createFaultBook(): FaultBook {
  const faults = new Map<string, number>();
  let last = 0;
  const fire = (name: string): void => {
    faults.set(name, (faults.get(name) ?? 0) + 1);
    last = performance.now();
  };
  return {
    plan: (name) => {
      faults.set(name, faults.get(name) ?? 0);
      return () => fire(name);
    },
    fired: fire,
    withdraw: (name) => {
      if (faults.get(name) === 0) faults.delete(name);
    },
    list: () => [...faults].map(([name, fired]) => ({ name, fired })),
    lastAt: () => last,
  };
}
