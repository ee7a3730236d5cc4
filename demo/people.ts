import { peopleOf } from '#main';
import type { Database } from '#platform/storage';

/** Somebody of the demo, and the address by which one becomes them: once, and without a password. */
export interface DemoPerson {
  readonly name: string;
  readonly role: string;
  readonly path: string;
}

/** One for each role, and a second supervisor, because some acts take two. */
const everybody = [
  { userName: 'vera', name: 'Vera', role: 'viewer' },
  { userName: 'olga', name: 'Olga', role: 'operator' },
  { userName: 'stefan', name: 'Stefan', role: 'steward' },
  { userName: 'susan', name: 'Susan', role: 'supervisor' },
  { userName: 'sam', name: 'Sam', role: 'supervisor' },
  { userName: 'adam', name: 'Adam', role: 'administrator' },
] as const;

/** Adds the demo's people to its empty database. */
export async function addDemoPeople(database: Database): Promise<readonly DemoPerson[]> {
  const people = peopleOf(database);
  return Promise.all(
    everybody.map(async (person) => {
      const { userName, name, role } = person;
      await people.add(person, 'cli:demo');
      const link = await people.link(userName, 'cli:demo', { kind: 'direct' });
      if ('refused' in link) throw new Error(link.because);
      return { name, role, path: link.path };
    }),
  );
}

/** How one becomes each of them. */
export const signInLines = (url: string, people: readonly DemoPerson[]): readonly string[] =>
  people.length === 0
    ? []
    : [
        'sign in, each link once:',
        ...people.map(({ name, role, path }) => `    ${`${name}, ${role}`.padEnd(22)} ${url}${path}`),
      ];
