import { posix } from 'node:path';
import type { Room } from '../../rooms.ts';
import { rooms } from '../../rooms.ts';

/** Where something is: its room, by its concrete folder, and what the table says of it. */
export interface Place {
  /** E.g. `src/platform/engine`. */
  readonly folder: string;
  readonly room: Room;
}

/** As many leading folders of `path` as the pattern has, when they fit it. */
function leading(path: string, pattern: string): string | undefined {
  if (pattern === '.') return path.includes('/') ? undefined : '.';
  const wanted = pattern.split('/');
  const given = path.split('/').slice(0, wanted.length);
  const fits = given.length === wanted.length && wanted.every((part, index) => part === '*' || part === given[index]);
  return fits ? given.join('/') : undefined;
}

export const fitsPattern = (folder: string, pattern: string): boolean => leading(folder, pattern) === folder;

/** The room of a file; undefined when no room has it. */
export function placeOf(file: string): Place | undefined {
  for (const room of rooms) {
    const folder = leading(file, room.room);
    // A file that lies where rooms lie (`src/model/x.ts`) is in no room.
    if (folder !== undefined && folder !== file) return { folder, room };
  }
  return undefined;
}

/** Test code: tests themselves, and what only they use. */
export const isTestCode = (file: string): boolean =>
  /\.test\.ts$|(^|[/.])testing\.ts$|\/test-[a-z-]+\.ts$|\/(testing|fixtures|conformance|contract)\//.test(file);

/** The file that an import leads to, from the project's root; undefined for packages and `node:` modules. */
export function target(importer: string, from: string): string | undefined {
  if (from.startsWith('#')) return `src/${from.slice(1)}/index.ts`;
  if (from.startsWith('.')) return posix.normalize(posix.join(posix.dirname(importer), from));
  return undefined;
}

/** `@scope/name` or `name` of an imported package. */
export const packageOf = (from: string): string =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
