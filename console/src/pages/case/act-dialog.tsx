import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { goTo, Router } from '../../app/routes.ts';
import { answered } from '../../client/answered.ts';
import type { Writes } from '../../client/one-intent.ts';
import { Problem } from '../../client/problem.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Diff, readablePath } from '../../parts/diff.tsx';
import { Field } from '../../parts/field.tsx';
import { SchemaForm } from '../../parts/form.tsx';
import { type JsonSchema, startOf } from '../../parts/json-schema.ts';
import { toast } from '../../parts/toast.tsx';
import { unreadableIn } from '../../parts/unreadable.ts';
import { type Action, wordsOf } from './act-words.ts';
import { differences } from './differences.ts';
import { type CaseView, caseQuestion } from './question.ts';
import { asItIs } from './written.ts';

interface ActDialogProps {
  readonly view: CaseView;
  readonly action: Action;
  readonly onClose: () => void;
}

/** The schema of what is written; where there is none it is written as JSON. */
const schemaOf = (view: CaseView, action: Action): JsonSchema =>
  ((action === 'answer' ? view.answerSchema : view.requestSchema) ?? {}) as JsonSchema;

const paths = {
  retry: '/api/cases/v1/cases/{case}/retry',
  'edit-and-retry': '/api/cases/v1/cases/{case}/edit-and-retry',
  answer: '/api/cases/v1/cases/{case}/answer',
  'not-done': '/api/cases/v1/cases/{case}/not-done',
  skip: '/api/cases/v1/cases/{case}/skip',
  compensate: '/api/cases/v1/cases/{case}/compensate',
  close: '/api/cases/v1/cases/{case}/close',
  assign: '/api/cases/v1/cases/{case}/assign',
  escalate: '/api/cases/v1/cases/{case}/escalate',
  note: '/api/cases/v1/cases/{case}/notes',
} as const;

/** What the act needs beside version and reason. */
function members(action: Action, written: unknown, owner: string): object {
  const to = owner.trim();
  if (action === 'edit-and-retry') return { request: written };
  if (action === 'answer') return { answer: written ?? null };
  if (action === 'assign') return { to: to === '' ? null : to };
  return action === 'escalate' && to !== '' ? { to } : {};
}

/** One act about a case: what is to be filled in, what will happen, and why. */
export function ActDialog({ view, action, onClose }: ActDialogProps) {
  const queries = useQueryClient();
  const schema = schemaOf(view, action);
  // What it was when one began to write: what one sees may be made new meanwhile.
  const [before] = useState(() => asItIs(view));
  // What one decides about is what stood there when one began, and not what came since.
  const [version, setVersion] = useState(view.version);
  const [written, setWritten] = useState<unknown>(() => (action === 'answer' ? startOf(schema) : before));
  const [owner, setOwner] = useState(action === 'assign' ? (view.owner ?? '') : '');
  const [problem, setProblem] = useState<unknown>();
  const words = wordsOf(action);
  if (words === undefined) return null;
  const unreadable = unreadableIn(written);
  const changed = action === 'edit-and-retry' ? differences(before, written) : [];

  async function act(reason: string, client: Writes): Promise<void> {
    setProblem(undefined);
    const path = paths[action as keyof typeof paths];
    try {
      const answer: object = await answered(
        client.POST(path, {
          params: { path: { case: view.id } },
          // Each act's own members are checked by its own schema at the door.
          body: { version, reason, ...members(action, written, owner) } as never,
        }),
      );
      if ('askedBy' in answer) {
        toast('Another person must allow it: it waits among the approvals.');
        goTo(Router.Approvals());
      } else if ('verdict' in answer && answer.verdict === 'ignored') {
        toast(`It changed nothing: ${'because' in answer ? String(answer.because) : 'it did not fit any more'}`, 'bad');
      } else toast(`Case about ${view.key}: done`);
    } catch (thrown) {
      setProblem(thrown);
      // Somebody was quicker: what one sees is made new, what one wrote stays.
      if (thrown instanceof Problem && thrown.code === 'case-changed') {
        const renewed = await queries.fetchQuery({ ...caseQuestion(view.id), staleTime: 0 });
        setVersion(renewed.version);
      }
      throw thrown;
    }
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['cases'] }),
      queries.invalidateQueries({ queryKey: ['approvals'] }),
    ]);
  }

  return (
    <Confirm
      title={`${words.does}: ${view.key}`}
      isOpen
      onClose={onClose}
      consequence={words.consequence}
      does={words.does}
      {...(words.isDanger === true ? { isDanger: true } : {})}
      {...(action === 'note' ? { reasonHint: 'The text of the note.' } : {})}
      isIncomplete={unreadable.length > 0 || (action === 'edit-and-retry' && changed.length === 0)}
      onConfirm={act}
    >
      {action === 'edit-and-retry' || action === 'answer' ? (
        <SchemaForm
          schema={schema}
          value={written}
          onChange={setWritten}
          problem={problem}
          path={action === 'answer' ? '/answer' : '/request'}
        />
      ) : null}
      {action === 'edit-and-retry' ? (
        <section aria-label="What you changed">
          <h3>What you changed</h3>
          <Diff differences={changed} />
        </section>
      ) : null}
      {unreadable.length === 0 ? null : (
        <p className="field-error" role="status">
          It cannot be sent yet: {unreadable.map(readablePath).join(', ')} cannot be read as JSON.
        </p>
      )}
      {action === 'assign' || action === 'escalate' ? (
        <Field
          label={action === 'assign' ? 'Owner' : 'Give it to'}
          hint={action === 'assign' ? 'A person or a team; empty takes it from its owner.' : 'A person or a team.'}
        >
          {(control) => (
            <input {...control} maxLength={60} value={owner} onChange={({ target }) => setOwner(target.value)} />
          )}
        </Field>
      ) : null}
    </Confirm>
  );
}
