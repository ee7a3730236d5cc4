import { systemClock } from '#model/kernel';

/** An outside system on paper, with the faults that the suite asks for. */
export interface PaperSystem {
  /** Does the request once per key; `keyed` false: every time. */
  post(key: string, keyed: boolean): 'done' | 'lost' | 'garbled';
  find(key: string): boolean;
  effects(): number;
  occur(count: number): readonly string[];
  /** Items from a place on. */
  page(from: number, size: number): readonly { readonly place: number; readonly at: string }[];
  signIn(): number;
  signIns(): number;
  /** What the next request meets before anything is done. */
  obstacle(token: number): 'none' | 'expired' | 'limited' | 'away';
  retryAfterSeconds(): number;
  next(what: 'lost' | 'garbled'): void;
  garbledRead(): boolean;
  garbleRead(): void;
  expire(): void;
  limit(seconds: number): void;
  leave(): void;
  calm(): void;
}

/** Opens a fresh one. */
export function createPaperSystem(): PaperSystem {
  const keys = new Set<string>();
  let effects = 0;
  let items = 0;
  let token = 0;
  let signIns = 0;
  let answer: 'done' | 'lost' | 'garbled' = 'done';
  let readIsGarbled = false;
  let retryAfter = 0;
  let away = false;
  return {
    post: (key, keyed) => {
      if (!keyed || !keys.has(key)) effects += 1;
      keys.add(key);
      const given = answer;
      answer = 'done';
      return given;
    },
    find: (key) => keys.has(key),
    effects: () => effects,
    occur: (count) => {
      const ids = Array.from({ length: count }, (_, index) => `item:${items + index}`);
      items += count;
      return ids;
    },
    page: (from, size) =>
      Array.from({ length: Math.max(0, Math.min(size, items - from)) }, (_, index) => ({
        place: from + index,
        at: systemClock.now(),
      })),
    signIn: () => {
      signIns += 1;
      token += 1;
      return token;
    },
    signIns: () => signIns,
    obstacle: (given) => {
      if (away) return 'away';
      if (retryAfter > 0) return 'limited';
      return given === token && token > 0 ? 'none' : 'expired';
    },
    retryAfterSeconds: () => retryAfter,
    next: (what) => {
      answer = what;
    },
    garbledRead: () => {
      const was = readIsGarbled;
      readIsGarbled = false;
      return was;
    },
    garbleRead: () => {
      readIsGarbled = true;
    },
    expire: () => {
      token += 1;
    },
    limit: (seconds) => {
      retryAfter = seconds;
    },
    leave: () => {
      away = true;
    },
    calm: () => {
      away = false;
      retryAfter = 0;
    },
  };
}
