import { useState } from 'react';
import { useMay } from '../../client/me.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { SchemaForm } from '../../parts/form.tsx';
import { startOf } from '../../parts/json-schema.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { unreadableIn } from '../../parts/unreadable.ts';
import { AnswerView } from './answer-view.tsx';
import { askedOf, curlOf, type Filled, type Operation, requestOf } from './open-api.ts';
import { type HadAnswer, sendRequest } from './send-request.ts';

/** What fills a write in at first: the schema's own example, else its empty form. */
const firstBody = ({ body }: Operation): unknown =>
  body === undefined ? undefined : (body.examples?.[0] ?? startOf(body));

const freshKey = (): Filled => ({ 'Idempotency-Key': crypto.randomUUID() });

/** A form for an operation: sends it in one's own name, shows the answer, and writes it as a command. */
export function TryIt({ operation }: { readonly operation: Operation }) {
  const may = useMay(operation.scope ?? '') || operation.scope === undefined;
  const [filled, setFilled] = useState<Filled>(freshKey);
  const [body, setBody] = useState(() => firstBody(operation));
  const [answer, setAnswer] = useState<HadAnswer>();
  const [thrown, setThrown] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const isWrite = operation.method !== 'GET';
  const isStream = operation.media === 'text/event-stream';
  const parameters = (operation.operation.parameters ?? []).filter(({ in: place }) => place !== 'header');
  const isIncomplete =
    parameters.some(({ name, required }) => required && (filled[name] ?? '') === '') ||
    unreadableIn([filled, body]).length > 0;
  const request = requestOf(operation, isWrite ? filled : { ...filled, 'Idempotency-Key': undefined }, body);
  const curl = curlOf(request, location.origin);

  async function send(): Promise<void> {
    setBusy(true);
    setThrown(undefined);
    try {
      const had = await sendRequest(request);
      setAnswer(had);
      // Whoever was answered means another write by the next. While nobody knows what became of this one, it keeps its key.
      if (isWrite && had.status < 500) setFilled({ ...filled, ...freshKey() });
    } catch (refused) {
      setThrown(refused);
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className="try-it card">
      <h3>Try it</h3>
      {parameters.length === 0 ? null : (
        <SchemaForm
          schema={{
            type: 'object',
            properties: Object.fromEntries(
              parameters.map((each) => [each.name, { title: each.name, ...askedOf(each) }]),
            ),
            required: parameters.filter(({ required }) => required).map(({ name }) => name),
          }}
          value={filled}
          onChange={(next) => setFilled({ ...(next as Filled), ...freshKey() })}
        />
      )}
      {operation.body === undefined ? null : (
        <SchemaForm
          schema={operation.body}
          value={body}
          onChange={(next) => {
            setBody(next);
            setFilled({ ...filled, ...freshKey() });
          }}
        />
      )}
      <div className="try-it-foot">
        <Button
          look={isWrite ? 'danger' : 'primary'}
          disabled={!may || isIncomplete || isStream}
          isBusy={isBusy}
          onClick={() => (isWrite ? setAsking(true) : void send())}
        >
          {isWrite ? `${operation.method}…` : 'Send'}
        </Button>
        <span className="muted">
          {isStream
            ? 'It answers with a stream that does not end: take the command.'
            : may
              ? 'It is sent in your name, with your session.'
              : `Your role has not the scope ${operation.scope}.`}
        </span>
      </div>
      <div className="command">
        <pre>{curl}</pre>
        <CopyButton text={curl} label="Copy the command" />
      </div>
      {thrown === undefined ? null : <ProblemNote problem={thrown} retry={() => void send()} />}
      {answer === undefined ? null : <AnswerView answer={answer} />}
      <Confirm
        title={operation.operation.summary ?? operation.name}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        does={`Send ${operation.method}`}
        isDanger
        reason="none"
        consequence={
          <>
            This is no rehearsal: it is done in this installation, in your name, and stands in the audit.{' '}
            <code>{request.path}</code>
          </>
        }
        onConfirm={send}
      />
    </section>
  );
}
