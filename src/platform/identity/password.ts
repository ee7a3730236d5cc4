import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Memory is 128 × `n` × `r` bytes for each password that is tried. */
export interface PasswordCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** Keeps passwords and proves them, slowly on purpose. */
export interface Passwords {
  /** What is kept of a password. */
  hash(password: string): Promise<string>;
  /** Takes as long where nothing is kept, so that nobody learns by the clock who is known here. */
  proves(password: string, kept: string | undefined): Promise<boolean>;
  /** Kept with other parameters than today's. */
  isOutdated(kept: string): boolean;
}

/** Thrown when more passwords wait to be tried than are tried within moments. */
export class TooManyPasswords extends Error {
  override readonly name = 'TooManyPasswords';
}

const keyLength = 32;
const usualCost: PasswordCost = { n: 32_768, r: 8, p: 3 };
/** The threads that hash also look up hosts and read files. */
const mostAtOnce = 2;
const mostWaiting = 40;

/** The same letters, however a keyboard puts them together. */
const plain = (password: string): string => password.normalize('NFKC');

function derive(password: string, salt: Buffer, { n, r, p }: PasswordCost): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(plain(password), salt, keyLength, { N: n, r, p, maxmem: 256 * n * r }, (failure, key) =>
    failure === null ? resolve(key) : reject(failure),
  );
  return promise;
}

interface Kept extends PasswordCost {
  readonly salt: Buffer;
  readonly key: Buffer;
}

function read(kept: string): Kept {
  const [, n = '', r = '', p = '', salt = '', key = ''] = kept.split('$');
  return { n: Number(n), r: Number(r), p: Number(p), salt: Buffer.from(salt, 'hex'), key: Buffer.from(key, 'hex') };
}

/** Makes the keeper of passwords, with scrypt: N 32 768, r 8, p 3 unless a test wants it quicker. */
export function createPasswords(cost: PasswordCost = usualCost): Passwords {
  const nobody: Kept = { ...cost, salt: randomBytes(16), key: randomBytes(keyLength) };
  const waiting: (() => void)[] = [];
  let free = mostAtOnce;

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (waiting.length >= mostWaiting) throw new TooManyPasswords('too many passwords are tried at this moment');
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  }

  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(16);
        const key = await derive(password, salt, cost);
        return ['scrypt', cost.n, cost.r, cost.p, salt.toString('hex'), key.toString('hex')].join('$');
      }),
    proves: (password, kept) =>
      inTurn(async () => {
        const known = kept === undefined ? nobody : read(kept);
        const key = await derive(password, known.salt, known);
        return timingSafeEqual(key, known.key) && kept !== undefined;
      }),
    isOutdated: (kept) => {
      const { n, r, p } = read(kept);
      return n !== cost.n || r !== cost.r || p !== cost.p;
    },
  };
}

/** What is wrong with a new password; undefined when nothing is. Long is what counts; a cap, so that nobody sends a book. */
export function passwordFault(password: string): string | undefined {
  const { length } = plain(password);
  if (length < 12) return `Choose at least 12 characters: a short sentence is good. This has ${length}.`;
  return length > 200 || password.length > 200 ? 'Choose at most 200 characters.' : undefined;
}
