import { Badge } from '../../parts/badge.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Json } from '../../parts/json.tsx';
import { count } from '../../words/count.ts';
import type { HadAnswer } from './send-request.ts';

/** What came back: status, how long it took, headers, body. */
export function AnswerView({ answer }: { readonly answer: HadAnswer }) {
  const { status, statusText, milliseconds, headers, text, json } = answer;
  const tone = status < 300 ? 'good' : status < 500 ? 'warn' : 'bad';
  return (
    <div className="had-answer" aria-live="polite">
      <p>
        <Badge tone={tone}>
          {status} {statusText}
        </Badge>{' '}
        <span className="muted">
          {count(Math.round(milliseconds))} ms, {count(new Blob([text]).size)} bytes
        </span>
      </p>
      <details>
        <summary>Headers</summary>
        <dl className="headers">
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {json === undefined ? (
        text === '' ? null : (
          <div className="command">
            <pre>{text.slice(0, 20_000)}</pre>
            <CopyButton text={text} label="Copy the body" />
          </div>
        )
      ) : (
        <Json label="Body of the answer" value={json} openLevels={3} />
      )}
    </div>
  );
}
