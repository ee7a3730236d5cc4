import pino, { type DestinationStream, type Logger } from 'pino';
import type { Json } from '#model/kernel';

export type { Logger } from 'pino';

export interface LogOptions {
  /** Which part of the installation speaks, e.g. `node-1`. */
  readonly name?: string;
  /** `trace` to `fatal`, or `silent`; default `info`. */
  readonly level?: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

const secretMembers = [
  'authorization',
  'password',
  'secret',
  'token',
  'apiKey',
  'api_key',
  'cookie',
  'privateKey',
  'passphrase',
  'x-api-key',
];

/** At the top, and one and two levels down: deeper things are not logged. */
const redacted = secretMembers.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** Secrets that stand in a text: our own keys, what follows `Bearer` or `Basic`, a password in an address. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/\bcdk_([0-9a-f]{16})_[0-9a-f]{48,56}/g, 'cdk_$1_***'],
  [/\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}/gi, '$1 ***'],
  [/(:\/\/[^:@/\s"]+:)[^@/\s"]+@/g, '$1***@'],
];

/** Masks the secrets in a line, wherever in it they stand. */
const maskSecrets = (line: string): string =>
  secretTexts.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), line);

/**
 * A log of JSON lines for machines, from which secrets are taken out: by the member's name, and by their form in any text.
 * Log identifiers and outcomes, never bodies.
 */
export function createLog({ name = 'crossdock', level = 'info', destination }: LogOptions = {}): Logger {
  const options = {
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted, censor: '***' },
    hooks: { streamWrite: maskSecrets },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The form in which the engine and the connectors tell: an event and its details. */
export const eventLog =
  (log: Logger) =>
  (event: string, details: Readonly<Record<string, Json>>): void =>
    log.info(details, event);
