/** One change of a line of source, made while the module is loaded. */
export interface Mutation {
  /** From the project's folder. */
  readonly file: string;
  /** Must stand there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A mistake that somebody could make, and the scenario that must see it. */
export interface SeededBug {
  readonly name: string;
  readonly means: string;
  readonly scenario: string;
  /** Where the choice by seed matters. */
  readonly seed?: number;
  readonly mutations: readonly Mutation[];
}

const runtime = 'src/platform/engine/runtime';

/** Mistakes that were made on purpose, for the checker to be checked by. Production code has no switch for them. */
export const bugs: readonly SeededBug[] = [
  {
    name: 'no-key',
    means: 'each sending has a key of its own',
    scenario: 'S03',
    mutations: [
      {
        file: `${runtime}/effects/effect-calls.ts`,
        find: 'Call => ({\n  key,',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
        replace: 'Call => ({\n  key: `${key}.${Math.random()}`,',
      },
    ],
  },
  {
    name: 'acknowledge-before-commit',
    means: '2xx is answered before the order is durable',
    scenario: 'S02',
    mutations: [
      {
        file: `${runtime}/create-engine.ts`,
        find: "post(actor, { kind: 'start', start, resolve, reject }, handle)",
        replace:
          "(resolve({ outcome: 'started', key: start.key }), setTimeout(() => post(actor, { kind: 'start', start, resolve, reject }, handle), 50))",
      },
    ],
  },
  {
    name: 'no-fence',
    means: 'a node that stood still goes on with what others have taken over',
    scenario: 'S09',
    mutations: [
      {
        file: `${runtime}/nodes/node-life.ts`,
        find: 'holdsLease: () => !isFenced && now() - lastBeat < leaseMs,',
        replace: 'holdsLease: () => true,',
      },
    ],
  },
  {
    name: 'resend-without-asking',
    means: 'a searchable effect in doubt is sent again and not asked about',
    scenario: 'S03',
    mutations: [
      {
        file: `${runtime}/effects/effect-turn.ts`,
        find: "if (kind === 'read' || kind === 'keyed' || task.undoes)",
        replace: "if (kind !== 'blind')",
      },
    ],
  },
  {
    name: 'late-commit-ignored',
    means: 'it is asked at once, although the target may still commit',
    scenario: 'S04',
    mutations: [
      {
        file: `${runtime}/effects/held-effect.ts`,
        find: 'task.provider?.verb(task.effect.verb).lateCommitMs ?? 0;',
        replace: '(task.provider, 0);',
      },
    ],
  },
  {
    name: 'lost-commit-is-success',
    means: 'a commit whose connection was lost is taken to be written',
    scenario: 'S26',
    mutations: [
      {
        file: `${runtime}/commit/committer.ts`,
        find: 'const won = batch.filter(({ unit }) => written.has(unit.advanceId));',
        replace: 'const won = batch;',
      },
      {
        file: `${runtime}/commit/committer.ts`,
        find: 'return batch.filter(({ unit }) => !written.has(unit.advanceId));',
        replace: 'return [];',
      },
    ],
  },
  {
    name: 'no-takeover',
    means: 'what a dead node had is nobody’s',
    scenario: 'S01',
    mutations: [
      {
        file: `${runtime}/takeover/takeover.ts`,
        find: 'await silence(name, epoch);',
        replace: 'if (name.length > 0) return 0;\n      await silence(name, epoch);',
      },
    ],
  },
  {
    name: 'oversell',
    means: 'a reservation does not see what others have claimed',
    scenario: 'S10',
    mutations: [
      {
        file: 'src/platform/inventory/sql/reserve.ts',
        find: 'greatest(on_hand - reserved - safety_stock, 0) as free',
        replace: 'greatest(on_hand - safety_stock, 0) as free',
      },
    ],
  },
  {
    name: 'undo-skipped',
    means: 'unwinding forgets what was done',
    scenario: 'S08',
    mutations: [
      {
        file: 'src/platform/engine/unwind.ts',
        find: 'const latest = run.undoable.at(-1);',
        replace: 'const latest = [run.undoable[0]].find(() => false);',
      },
    ],
  },
  {
    name: 'claim-ignored',
    means: 'the Idempotency-Key names nothing',
    scenario: 'S06',
    mutations: [
      {
        file: `${runtime}/commit/batch-values.ts`,
        find: 'start_scope: textArray(begun.map(({ claim }) => claim?.scope ?? null)),',
        replace: 'start_scope: textArray(begun.map(() => null)),',
      },
    ],
  },
  {
    name: 'receipts-ignored',
    means: 'a message that comes again is another message, and so is the shipment that it reports',
    scenario: 'S11',
    mutations: [
      {
        file: `${runtime}/commit/batch-values.ts`,
        find: 'receipts: units.some((unit) => unit.receipt !== null),',
        replace: 'receipts: false,',
      },
      {
        file: 'src/business/flows/fulfilment/rules/shipments.ts',
        find: 'doc.shipments.some((shipment) => shipment.shipmentNumber === confirmation.shipment.shipmentNumber);',
        replace: 'doc.shipments.some(() => confirmation === undefined);',
      },
    ],
  },
  {
    name: 'commits-unflushed',
    means: 'a commit is answered before it is on the disk',
    scenario: 'S29',
    mutations: [
      {
        file: `${runtime}/commit/commit-connection.ts`,
        find: 'set enable_seqscan = off;',
        replace: 'set synchronous_commit = off; set enable_seqscan = off;',
      },
    ],
  },
  {
    name: 'one-clock',
    means: "deadlines ring by the process's clock alone",
    scenario: 'S30',
    mutations: [
      {
        file: `${runtime}/nodes/two-clocks.ts`,
        find: 'moved(at, Math.min(0, ahead(at)))',
        replace: 'at',
      },
    ],
  },
];
