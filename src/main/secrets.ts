import { readFileSync } from 'node:fs';
import type { SecretReference } from '#connectivity/kit';

/** The value that a reference names. Throws an error that says where it was looked for, never what was found. */
export function resolveSecret(reference: SecretReference): string {
  if ('env' in reference) {
    const value = process.env[reference.env];
    if (value === undefined || value === '') throw new Error(`the environment variable ${reference.env} is not set`);
    return value;
  }
  try {
    const value = readFileSync(reference.file, 'utf8').trim();
    if (value !== '') return value;
  } catch {
    throw new Error(`the file ${reference.file} cannot be read`);
  }
  throw new Error(`the file ${reference.file} is empty`);
}
