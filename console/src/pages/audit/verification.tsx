import { useState } from 'react';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { wordsOf } from '../../parts/problem.tsx';
import { counted } from '../../words/count.ts';

type Of = 'acts' | 'journals';
type Said = { readonly tone: 'good' | 'bad'; readonly text: string };
type Verdict = AnswerOf<'/api/audit/v1/verifications', 'post'>;

function said({ verified, entries, firstBad }: Verdict): Said {
  if (verified) return { tone: 'good', text: `${counted(entries, 'entry', 'entries')} stand as they were written` };
  const where = firstBad === undefined ? '' : `${firstBad.target}, entry ${firstBad.seq}: ${firstBad.because}`;
  return { tone: 'bad', text: `Something was changed. ${where}` };
}

/** Has the chains walked through, and says whether everything stands as it was written. */
export function Verification() {
  const may = useMay('audit:verify');
  const [walking, setWalking] = useState<Of>();
  const [verdict, setVerdict] = useState<Said>();

  async function verify(of: Of): Promise<void> {
    setWalking(of);
    setVerdict(undefined);
    try {
      setVerdict(said(await answered(client.POST('/api/audit/v1/verifications', { body: { of } }))));
    } catch (thrown) {
      setVerdict({ tone: 'bad', text: wordsOf(thrown).detail });
    } finally {
      setWalking(undefined);
    }
  }

  const button = (of: Of, does: string, means: string) => (
    <Button
      disabled={!may || walking !== undefined}
      isBusy={walking === of}
      title={may ? means : 'It wants the scope audit:verify.'}
      onClick={() => void verify(of)}
    >
      {walking === of ? 'Verifying…' : does}
    </Button>
  );
  return (
    <>
      <span role="status">{verdict === undefined ? null : <Badge tone={verdict.tone}>{verdict.text}</Badge>}</span>
      {button('acts', 'Verify', 'Walks through what people and callers did.')}
      {button('journals', 'Verify journals', 'Walks through what happened to every order, too: it may take minutes.')}
    </>
  );
}
