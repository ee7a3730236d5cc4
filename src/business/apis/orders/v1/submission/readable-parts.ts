import { OrderSubmission, SubmittedLine } from '#model/messages';
import { compileSchema } from '#platform/gateway';
import type { Submission, SubmissionLine } from './context.ts';

/** What can be read of a submission. A line that cannot be read is undefined in its place. */
export interface ReadableParts extends Partial<Omit<Submission, 'lines'>> {
  readonly lines: readonly (SubmissionLine | undefined)[];
}

const { lines: _, ...header } = OrderSubmission.properties;
const headerChecks = Object.entries(header).map(([name, schema]) => ({ name, check: compileSchema(schema) }));
const lineCheck = compileSchema(SubmittedLine);
const mostLines = 1_000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes the parts that are well-formed from a submission that as a whole is not, so that they are judged all the same. */
export function readableParts(submission: unknown): ReadableParts {
  if (!isObject(submission)) return { lines: [] };
  const lines = Array.isArray(submission.lines) ? submission.lines.slice(0, mostLines) : [];
  const readable = headerChecks.filter(
    ({ name, check }) => Object.hasOwn(submission, name) && check.accepts(submission[name]),
  );
  return {
    ...Object.fromEntries(readable.map(({ name }) => [name, submission[name]])),
    lines: lines.map((line: unknown) => (lineCheck.accepts(line) ? line : undefined)),
  };
}
