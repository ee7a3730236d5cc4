/** A room: a folder that others enter by its door, `index.ts`. */
export interface Room {
  /** Folder; `*` stands for one folder name, each of which is a room of its own. */
  readonly room: string;
  /** Rooms that it may import. */
  readonly may: readonly string[];
  /** npm packages that it may import; absent: any of the project's. */
  readonly packages?: readonly string[];
  readonly why: string;
}

const everySourceRoom = ['src/*', 'src/*/*', 'src/*/*/*', 'src/*/*/*/*'];

/** Everything in the tree that runs, and what it may import. The first room that fits a file is the file's. */
export const rooms: readonly Room[] = [
  {
    room: 'src/model/kernel',
    may: [],
    packages: ['big.js', 'typebox'],
    why: 'the words that everything else is written in',
  },
  {
    room: 'src/model/canonical',
    may: ['src/model/kernel'],
    packages: ['typebox'],
    why: 'what is talked about: orders, shipments, invoices',
  },
  {
    room: 'src/model/*',
    may: ['src/model/kernel', 'src/model/canonical'],
    packages: ['typebox'],
    why: 'what may be asked of outside systems, and what they tell',
  },
  {
    room: 'src/business/apis/*/*',
    may: ['src/model/*', 'src/business/*', 'src/platform/*'],
    packages: ['typebox'],
    why: 'one version of one API: contract and policy together',
  },
  {
    room: 'src/business/apis/*',
    may: ['src/business/apis/*/*'],
    packages: [],
    why: 'the versions of one API',
  },
  {
    room: 'src/business/*',
    may: ['src/model/*', 'src/business/*', 'src/platform/*'],
    packages: ['typebox'],
    why: 'what the distributor does; it writes with the machinery’s pure doors and runs none of it',
  },
  {
    room: 'src/platform/*',
    may: ['src/model/kernel', 'src/platform/*'],
    why: 'the machinery: it never says "order" and names no vendor',
  },
  {
    room: 'src/connectivity/kit',
    may: ['src/model/*'],
    why: 'what a connector is',
  },
  {
    room: 'src/connectivity/protocols/*',
    may: ['src/model/kernel', 'src/connectivity/protocols/*'],
    why: 'wires with no vendor in them',
  },
  {
    room: 'src/connectivity/connectors/*',
    may: ['src/model/*', 'src/connectivity/kit', 'src/connectivity/protocols/*'],
    why: 'the only place where a vendor’s word may appear; no connector knows another',
  },
  {
    room: 'src/connectivity/connectors',
    may: ['src/connectivity/kit', 'src/connectivity/connectors/*'],
    why: 'the list of connectors that an installation may name',
  },
  {
    room: 'src/main',
    may: [
      'src/model/*',
      'src/business/*',
      'src/business/apis/*',
      'src/business/apis/*/*',
      'src/platform/*',
      'src/connectivity/kit',
      'src/connectivity/connectors',
    ],
    why: 'wires the rooms together, reads configuration once',
  },
  {
    room: 'simulators/kit',
    may: ['src/model/kernel'],
    why: 'what every simulated system is made of',
  },
  {
    room: 'simulators/*',
    may: ['src/model/kernel', 'simulators/kit'],
    why: 'stand-ins that share nothing with the connectors: two who read the wire apart',
  },
  {
    room: 'demo',
    may: ['src/model/*', 'src/main', 'src/platform/*', 'simulators/*'],
    why: 'runs a day and judges it without the flows’ code',
  },
  {
    room: 'systems/*',
    may: ['src/model/kernel', 'simulators/kit', 'demo'],
    why: 'sets real outside systems up',
  },
  { room: 'bench', may: [...everySourceRoom, 'simulators/*', 'demo'], why: 'measures everything' },
  { room: 'test', may: [...everySourceRoom, 'simulators/*', 'demo', 'systems/*'], why: 'whole stories' },
  {
    room: 'faults',
    may: [...everySourceRoom, 'simulators/*', 'demo', 'systems/*', 'test'],
    why: 'breaks a whole installation on purpose and judges what came of it',
  },
  { room: 'checks', may: ['.', ...everySourceRoom], why: 'reads the tree, and draws what it declares' },
  { room: 'console/src', may: [], why: 'the console in the browser: it knows the platform by its APIs alone' },
  { room: 'console/build', may: [], why: 'writes the console’s client from the APIs’ document' },
  { room: 'console', may: [], why: 'how the console is built' },
  { room: '.', may: [], why: 'tables and settings of the project' },
];

/** A second door of a room, beside its `index.ts`: `#platform/engine/runtime` is the door `runtime` of `src/platform/engine`. */
export interface Door {
  readonly door: string;
  /** Rooms that may use it. */
  readonly may: readonly string[];
  /** Test code of every room may use it, whatever else its room may. */
  readonly tests: boolean;
  readonly why: string;
}

export const doors: readonly Door[] = [
  {
    door: 'runtime',
    may: ['src/main', 'demo', 'bench', 'test', 'faults'],
    tests: true,
    why: 'what runs a machinery room; what one writes with is its first door',
  },
  { door: 'testing', may: ['bench', 'test', 'faults'], tests: true, why: 'for tests' },
  { door: 'contract', may: [], tests: true, why: 'what the real system and its simulator must both do' },
  { door: 'conformance', may: [], tests: true, why: 'the suite that every connector must pass' },
];

/** What test code of every room may import beside what its room may: the systems that it is tried against. */
export const testsMay: readonly string[] = ['simulators/*', 'systems/*', 'src/platform/storage', 'src/model/*'];

/** Where nothing may be done but thinking: no I/O, no clock, no chance. */
export const pureRooms: readonly string[] = ['src/model/', 'src/business/'];

/** Where no vendor and no vendor's format may be named. */
export const vendorFreeRooms: readonly string[] = ['src/business/', 'src/platform/'];
export const vendorWords: readonly string[] = ['tryton', 'salesforce', 'x12', 'sftp'];

/** Breaches that are meant, each with its reason. */
export const exemptions: readonly { readonly file: string; readonly what: string; readonly because: string }[] = [
  {
    file: 'src/model/kernel/time.ts',
    what: 'new Date()',
    because: 'the one real clock; main hands it to whoever may have one',
  },
];

/** Lines after which a file is a wall; a test, which tells many small stories, may be longer. */
export const longestFile = 400;
export const longestTest = 600;
