import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Role, roles } from '#business/apis';
import type { PeopleDesk, PersonOutcome } from '#platform/identity';
import { type Database, openDatabase, runningEmbeddedPostgres } from '#platform/storage';
import { peopleOf } from './identity.ts';
import { openState } from './state.ts';

const usage = `npm run people -- add USER --name NAME --role ROLE [--sites SITE[,SITE …]] [--url URL]
npm run people -- list
npm run people -- link USER [--url URL]
npm run people -- role USER --role ROLE [--sites SITE[,SITE …] | --all-sites]
npm run people -- disable USER | enable USER
Roles: ${roles.join(', ')}. add and link print a link that is good once, for a day: whoever opens it chooses a password.
The database is DATABASE_URL, or the embedded one under .crossdock/ (whether Crossdock is running or not).`;

type Given = Readonly<Record<string, string | boolean | undefined>>;

/** Whoever may run this on the machine; the audit names the account. */
const by = `cli:${process.env.USER ?? process.env.USERNAME ?? 'unknown'}`;
const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function withPeople(work: (people: PeopleDesk) => Promise<void>): Promise<void> {
  const on = (database: Database) => work(peopleOf(database));
  const running = process.env.DATABASE_URL ?? (await runningEmbeddedPostgres(join('.crossdock', 'postgres')));
  if (running === undefined) {
    const state = await openState({ databaseUrl: undefined, directory: '.crossdock' });
    await on(state.database).finally(() => state.close());
    return;
  }
  const database = openDatabase({ url: running, poolSize: 2, applicationName: 'crossdock-people' });
  await on(database).finally(() => database.close());
}

function orThrow(outcome: PersonOutcome): void {
  if (!outcome.ok) throw new Error(outcome.because);
}

function roleOf({ role }: Given): Role {
  const found = roles.find((each) => each === role);
  if (found === undefined) throw new Error(`--role ${role ?? 'is missing'}: give one of ${roles.join(', ')}`);
  return found;
}

const sitesOf = ({ sites }: Given): readonly string[] | undefined =>
  text(sites)
    ?.split(',')
    .filter((site) => site !== '');

async function link(people: PeopleDesk, userName: string, { url }: Given): Promise<void> {
  const made = await people.link(userName, by);
  if ('refused' in made) throw new Error(made.because);
  print(`${(text(url) ?? 'http://localhost:8080').replace(/\/$/, '')}${made.path}`);
  print(`good once, until ${made.endsAt}; it is shown this once`);
}

async function add(people: PeopleDesk, userName: string, given: Given): Promise<void> {
  const sites = sitesOf(given);
  const name = text(given.name);
  if (name === undefined) throw new Error('--name is missing: give their name');
  orThrow(await people.add({ userName, name, role: roleOf(given), ...(sites === undefined ? {} : { sites }) }, by));
  print(`${userName} was added`);
  await link(people, userName, given);
}

async function list(people: PeopleDesk): Promise<void> {
  const all = await people.list();
  if (all.length === 0) print('there is nobody yet; npm run people -- add makes the first');
  for (const { userName, name, role, sites, provider, disabled, lastSignInAt } of all) {
    const standing = disabled ? 'disabled' : lastSignInAt === undefined ? 'never signed in' : `last ${lastSignInAt}`;
    print([userName, name, role, sites?.join(',') ?? 'all sites', provider, standing].join('  '));
  }
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string' },
      sites: { type: 'string' },
      url: { type: 'string' },
      'all-sites': { type: 'boolean' },
    },
  });
  const [verb, userName] = positionals;
  if (verb === 'list') return withPeople(list);
  if (userName === undefined) throw new Error(usage);
  const sites = values['all-sites'] === true ? null : sitesOf(values);
  const acts: Readonly<Record<string, (people: PeopleDesk) => Promise<void>>> = {
    add: (people) => add(people, userName, values),
    link: (people) => link(people, userName, values),
    role: async (people) => {
      const change = { role: roleOf(values), ...(sites === undefined ? {} : { sites }) };
      orThrow(await people.change(userName, change, by));
      print(`${userName} is ${change.role} now, on every node, within a second`);
    },
    disable: async (people) => {
      orThrow(await people.change(userName, { disabled: true }, by));
      print(`${userName} comes in no more, on any node, within a second`);
    },
    enable: async (people) => {
      orThrow(await people.change(userName, { disabled: false }, by));
      print(`${userName} may come in again`);
    },
  };
  const act = verb !== undefined && Object.hasOwn(acts, verb) ? acts[verb] : undefined;
  if (act === undefined) throw new Error(usage);
  await withPeople(act);
}

try {
  await run();
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exit(1);
}
