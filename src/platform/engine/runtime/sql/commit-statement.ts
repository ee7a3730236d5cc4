import { candidate, moved, parts, waitingFor } from './commit.ts';

/** Which optional parts a batch needs; each combination is a prepared statement of its own, so that a lone answer costs little. */
export interface Shape {
  readonly starts: boolean;
  readonly receipts: boolean;
  readonly timers: boolean;
  readonly facts: boolean;
  /** Runs that are taken over by another version of their flow. */
  readonly versions: boolean;
  /** Messages between runs, withdrawals, cases. */
  readonly rest: boolean;
}

export interface CommitStatement {
  readonly name: string;
  readonly text: string;
  /** The parameters in their order. */
  readonly parameters: readonly string[];
}

const nameOf = (shape: Shape): string =>
  `commit-${Object.entries(shape)
    .filter(([, isNeeded]) => isNeeded)
    .map(([name]) => name)
    .join('-')}`;

function build(shape: Shape, name: string): CommitStatement {
  const chosen = [
    parts.advance,
    parts.locked,
    ...(shape.receipts ? [parts.repeated] : []),
    ...(shape.rest ? [parts.behind] : []),
    ...(shape.starts ? [parts.claimed, parts.begun] : []),
    candidate(shape),
    parts.answered,
    parts.verdict,
    moved(shape),
    parts.journal,
    parts.ask,
    ...(shape.starts ? [parts.input] : []),
    ...(shape.receipts ? [parts.receipt] : []),
    ...(shape.timers ? [parts.timerSet, parts.timerClear] : []),
    ...(shape.facts ? [parts.facts] : []),
    ...(shape.rest
      ? [parts.outbox, parts.consumed, parts.settle, parts.withdraw, parts.openCase, parts.closeCase]
      : []),
  ];
  const waiting = shape.starts ? waitingFor : 'null';
  const parameters: string[] = [];
  const text = `with ${chosen.join(',\n')}\nselect array_to_string(s, '') as verdicts, ${waiting} as waiting from verdict`;
  return {
    name,
    text: text.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
      if (!parameters.includes(parameter)) parameters.push(parameter);
      return `$${parameters.indexOf(parameter) + 1}`;
    }),
    parameters,
  };
}

const built = new Map<string, CommitStatement>();

/** The statement for a batch of this shape; built once. */
export function commitStatement(shape: Shape): CommitStatement {
  const name = nameOf(shape);
  const known = built.get(name);
  if (known) return known;
  const statement = build(shape, name);
  built.set(name, statement);
  return statement;
}
