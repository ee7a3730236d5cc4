import { Badge } from '../../parts/badge.tsx';
import { Diff } from '../../parts/diff.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Json } from '../../parts/json.tsx';
import { When } from '../../parts/when.tsx';
import { actor, sentenceCase } from '../../words/names.ts';
import { toneOf } from '../../words/tones.ts';
import { wordsOf } from './act-words.ts';
import type { CaseView } from './question.ts';
import './case.css';

type PastAct = CaseView['acts'][number];

function Act({ act }: { readonly act: PastAct }) {
  const { at, by, approvedBy, action, reason, to, difference, answer, verdict, because } = act;
  return (
    <li>
      <p className="case-act">
        <When at={at} shows="both" /> <strong>{actor(by)}</strong> {wordsOf(action)?.does ?? sentenceCase(action)}
        {to === undefined ? null : <> → {to ?? 'nobody'}</>}
        {approvedBy === undefined ? null : (
          <>
            , allowed by <strong>{actor(approvedBy)}</strong>
          </>
        )}{' '}
        {verdict === undefined ? (
          <Badge tone="info">Under way</Badge>
        ) : (
          <Badge tone={toneOf(verdict)}>{sentenceCase(verdict)}</Badge>
        )}
      </p>
      <p>{reason}</p>
      {because === undefined ? null : <p className="muted">{because}</p>}
      {difference === undefined ? null : <Diff differences={difference} />}
      {answer === undefined ? null : <Json label="Answer given by hand" value={answer} openLevels={1} />}
    </li>
  );
}

/** What people did about it, newest first. */
export function History({ view }: { readonly view: CaseView }) {
  if (view.acts.length === 0) return <Empty title="Nobody has done anything about it yet." />;
  return (
    <ol className="case-acts">
      {view.acts.toReversed().map((act) => (
        <Act key={`${act.at} ${act.action} ${act.by}`} act={act} />
      ))}
    </ol>
  );
}

/** What people wrote about it. */
export function Notes({ view }: { readonly view: CaseView }) {
  if (view.notes.length === 0) return <Empty title="No note was written." />;
  return (
    <ol className="case-acts">
      {view.notes.map(({ at, by, text }) => (
        <li key={`${at} ${by}`}>
          <p className="case-act">
            <When at={at} shows="both" /> <strong>{actor(by)}</strong>
          </p>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}
