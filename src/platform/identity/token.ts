import { createHash, randomBytes } from 'node:crypto';

const form = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, as they stand in a cookie or an address. They are shown once; only their hash is kept. */
export const makeToken = (): string => randomBytes(32).toString('base64url');

/** The hash under which a token is kept; undefined when it cannot be one of ours. Random enough for a fast one. */
export const tokenHash = (presented: string): Buffer | undefined =>
  form.test(presented) ? createHash('sha256').update(presented).digest() : undefined;
