import './problem.css';
import { Problem } from '../client/problem.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

interface ProblemNoteProps {
  /** What was thrown. */
  readonly problem: unknown;
  /** Tries again. Offered only where that may help. */
  readonly retry?: () => void;
}

/** What `fetch` and `import` of the browsers throw when nobody answers; any other TypeError is a bug of the console. */
const isUnreachable = (problem: unknown): boolean =>
  problem instanceof TypeError && /fetch|network|load failed|module script/i.test(problem.message);

/** What to tell of something that was thrown: its title and what is wrong. */
export function wordsOf(problem: unknown): { readonly title: string; readonly detail: string } {
  if (problem instanceof Problem) return { title: problem.title, detail: problem.message };
  if (isUnreachable(problem))
    return { title: 'The platform cannot be reached', detail: 'It may be restarting, or your connection is gone.' };
  return { title: 'Something went wrong', detail: problem instanceof Error ? problem.message : String(problem) };
}

/** Says what went wrong, everything of it, and gives what whoever is asked for help needs. */
export function ProblemNote({ problem, retry }: ProblemNoteProps) {
  const { title, detail } = wordsOf(problem);
  const known = problem instanceof Problem ? problem : undefined;
  const mayHelp = known === undefined || known.retryable || known.status >= 500;
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{title}</p>
      <p>{detail}</p>
      {known === undefined || known.errors.length === 0 ? null : (
        <ul>
          {known.errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path === '' ? null : <code>{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      <div className="problem-foot">
        {retry !== undefined && mayHelp ? <Button onClick={retry}>Try again</Button> : null}
        {known?.instance === undefined ? null : (
          <span className="problem-instance">
            <code>{known.instance}</code>
            <CopyButton text={known.instance} label="Copy the occurrence’s name" />
          </span>
        )}
      </div>
    </div>
  );
}
