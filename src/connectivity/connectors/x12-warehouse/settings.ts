import { type Static, Type } from 'typebox';
import { secret } from '#connectivity/kit';
import type { SftpSettings } from '#connectivity/protocols/sftp';
import { closed } from '#model/canonical';
import { Fault } from '#model/kernel';

const folder = (standard: string, description: string) =>
  Type.String({ maxLength: 200, pattern: '^.*[^/]$', default: standard, description });

/** Printable ASCII without blanks and without the usual delimiters. */
const partyId = (fewest: number, description: string) =>
  Type.String({ pattern: `^[!-)+-=?-}]{${fewest},15}$`, description });

const Party = Type.Object(
  {
    qualifier: Type.String({ pattern: '^[A-Z0-9]{2}$', default: 'ZZ', description: 'ISA05 or ISA07.' }),
    interchangeId: partyId(1, 'ISA06 or ISA08.'),
    groupId: partyId(2, 'GS02 or GS03.'),
  },
  closed,
);

const Folders = Type.Object(
  {
    in: folder('in', 'We put 940 and 997 here.'),
    inArchive: folder('in/archive', 'They move what they took from in here, its name unchanged.'),
    out: folder('out', 'They put 945 and 997 here.'),
    outArchive: folder('out/archive', 'We move what we took from out here.'),
  },
  { ...closed, default: {}, description: 'As seen from us.' },
);

/** A warehouse that speaks X12 in folders over SFTP. */
export const WarehouseSettings = Type.Object(
  {
    host: Type.String({ minLength: 1 }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 22 }),
    username: Type.String({ minLength: 1 }),
    password: Type.Optional(secret('Password; or give privateKey.')),
    privateKey: Type.Optional(secret('Private key, PEM or OpenSSH; or give password.')),
    hostKey: Type.String({
      pattern: '^SHA256:[A-Za-z0-9+/]{43}=?$',
      description: "Fingerprint of the server's key, as ssh-keygen -l prints it. Any other key is refused.",
    }),
    site: Type.String({ minLength: 1, maxLength: 20, description: 'The warehouse, by our name for it.' }),
    us: Party,
    them: Party,
    usage: Type.Union([Type.Literal('P'), Type.Literal('T')], {
      default: 'P',
      description: 'ISA15: production or test.',
    }),
    folders: Folders,
    rhythmMs: Type.Integer({ minimum: 20, default: 1_000, description: 'Time between two looks into out.' }),
    batch: Type.Integer({ minimum: 1, maximum: 500, default: 50, description: 'Files in one reading.' }),
    incompleteAfterMs: Type.Integer({
      minimum: 0,
      default: 60_000,
      description: 'A file that is not whole and grows no more is given up after this.',
    }),
    maxFileBytes: Type.Integer({ minimum: 1_000, default: 20_000_000, description: 'Longer files are refused.' }),
    timeoutMs: Type.Integer({ minimum: 100, default: 15_000, description: 'Most time that one request may take.' }),
    lateCommitMs: Type.Integer({
      minimum: 0,
      default: 2_000,
      description: 'How long a request whose answer was lost may still be carried out.',
    }),
    acknowledgeWithinMs: Type.Integer({
      minimum: 100,
      maximum: 604_800_000,
      default: 14_400_000,
      description: 'Within this time they answer a release with a 997; later it is a case.',
    }),
    acknowledges: Type.Boolean({ default: true, description: 'They answer our documents with a 997.' }),
    concurrency: Type.Integer({ minimum: 1, maximum: 64, default: 8, description: 'Calls under way at once.' }),
  },
  closed,
);
export type WarehouseSettings = Static<typeof WarehouseSettings>;

/** How to sign in. Throws a permanent `Fault` when not exactly one of password and privateKey is there. */
export function sftpSettings(settings: WarehouseSettings): SftpSettings {
  const { host, port, username, password, privateKey, hostKey, timeoutMs } = settings;
  if ((password === undefined) === (privateKey === undefined)) {
    const message = `give the warehouse ${settings.site} exactly one of the settings password and privateKey`;
    throw new Fault('permanent', { code: 'bad-settings', message });
  }
  return {
    ...{ host, port, username, hostKey, timeoutMs },
    ...(password === undefined ? {} : { password }),
    ...(privateKey === undefined ? {} : { privateKey }),
  };
}
