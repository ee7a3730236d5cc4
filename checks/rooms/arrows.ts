import { doors, testsMay } from '../../rooms.ts';
import type { Finding } from './finding.ts';
import { fitsPattern, isTestCode, type Place, packageOf, placeOf, target } from './layout.ts';
import type { Import, Parsed } from './parsed.ts';

const anyFits = (folder: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => fitsPattern(folder, pattern));

/** What of a room's folder an import enters: nothing for `index.ts`, the door's name for `<door>/index.ts`, else it is past the doors. */
function entry(folder: string, aim: string): { readonly door?: string } | 'past' {
  const rest = folder === '.' ? aim : aim.slice(folder.length + 1);
  if (rest === 'index.ts' || (folder === '.' && !rest.includes('/'))) return {};
  const [, name] = /^([a-z-]+)\/index\.ts$/.exec(rest) ?? [];
  return name !== undefined && doors.some(({ door }) => door === name) ? { door: name } : 'past';
}

function mayEnter(importer: Place, file: string, to: Place, name: string | undefined): boolean {
  if (anyFits(to.folder, importer.room.may)) return true;
  const forTests = doors.some(({ door, tests }) => door === name && tests);
  return isTestCode(file) && (forTests || anyFits(to.folder, testsMay));
}

function doorRefused(importer: Place, file: string, name: string | undefined): string | undefined {
  const door = doors.find((known) => known.door === name);
  if (door === undefined || anyFits(importer.folder, door.may) || (door.tests && isTestCode(file))) return undefined;
  const who = [...door.may, ...(door.tests ? ['tests'] : [])].join(', ');
  return `the door "${name}" is for ${who} (${door.why}); enter by the room's index.ts`;
}

/** Why an import from one room into another is wrong; undefined when it is right. */
function crossing(importer: Place, file: string, to: Place, aim: string, from: string): string | undefined {
  const entered = entry(to.folder, aim);
  const door = entered === 'past' ? undefined : entered.door;
  if (!mayEnter(importer, file, to, door)) {
    const may = importer.room.may.length === 0 ? 'nothing' : importer.room.may.join(', ');
    return `${importer.folder} may not import ${to.folder}, only ${may}; move the code, or decide on a new arrow in rooms.ts`;
  }
  if (entered === 'past')
    return `enters ${to.folder} past its index.ts; export there what is needed and import the room`;
  const nested = to.folder.startsWith(`${importer.folder}/`);
  if (to.folder.startsWith('src/') && !nested && !from.startsWith('#')) {
    return `write ${aim.replace(/^src\//, '#').replace(/\/index\.ts$/, '')}: imports across rooms name the room`;
  }
  return doorRefused(importer, file, door);
}

function packageRefused(importer: Place, file: string, from: string): string | undefined {
  const { packages } = importer.room;
  if (packages === undefined || isTestCode(file) || from.startsWith('node:')) return undefined;
  const name = packageOf(from);
  if (packages.includes(name)) return undefined;
  return `${importer.folder} may not import the package ${name}, only ${packages.join(', ') || 'none'}`;
}

function wrong(importer: Place, file: string, { from }: Import): string | undefined {
  const aim = target(file, from);
  if (aim === undefined) return packageRefused(importer, file, from);
  const to = placeOf(aim);
  if (to === undefined) return `${aim} is in no room of rooms.ts`;
  if (aim.endsWith('.test.ts')) return 'a test is nobody’s to import; move what is shared into testing.ts';
  if (to.folder !== importer.folder) return crossing(importer, file, to, aim, from);
  if (isTestCode(file) || !isTestCode(aim)) return undefined;
  return 'only test code may import test code; move what both need out of it';
}

/** Imports that the table of rooms does not allow. */
export function arrowFindings(files: readonly Parsed[]): readonly Finding[] {
  return files.flatMap(({ file, imports }) => {
    const importer = placeOf(file);
    if (importer === undefined) {
      return [{ file, line: 1, message: 'is in no room of rooms.ts; move it or add the room to the table' }];
    }
    return imports.flatMap((found) => {
      const message = wrong(importer, file, found);
      return message === undefined ? [] : [{ file, line: found.line, message: `imports ${found.from}: ${message}` }];
    });
  });
}
