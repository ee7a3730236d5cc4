import { type ReactNode, useEffect, useState } from 'react';
import { oneIntent, type Writes } from '../client/one-intent.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field, failureAt } from './field.tsx';
import { KeyHint } from './key-hints.tsx';
import { ProblemNote } from './problem.tsx';

interface ConfirmProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What will happen, in a sentence. */
  readonly consequence: ReactNode;
  /** The button: `Pause lane`. */
  readonly does: string;
  /** It cannot be taken back. */
  readonly isDanger?: boolean;
  /** Whether a reason is asked for. Default `required`. */
  readonly reason?: 'required' | 'optional' | 'none';
  readonly reasonHint?: string;
  /** Something else is missing, so it cannot be done yet. */
  readonly isIncomplete?: boolean;
  /**
   * Does it, by this client: from opening to closing it is one intent, so that a second click after a lost answer does nothing twice.
   * Throwing shows what was thrown and keeps what was written; done closes.
   */
  readonly onConfirm: (reason: string, client: Writes) => Promise<unknown>;
  /** More to fill in or to look at. */
  readonly children?: ReactNode;
}

/** Asks before something is done: says what will happen, asks why, does it, and shows what was refused. */
export function Confirm(props: ConfirmProps) {
  const { title, isOpen, onClose, consequence, does, isDanger = false, onConfirm, children } = props;
  const { reason: asks = 'required', reasonHint, isIncomplete = false } = props;
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [client, setClient] = useState(oneIntent);
  useEffect(() => {
    if (isOpen) {
      setReason('');
      setClient(oneIntent());
      setProblem(undefined);
    }
  }, [isOpen]);
  const isReady = !isIncomplete && (asks !== 'required' || reason.trim() !== '');

  async function confirm(): Promise<void> {
    if (!isReady || isBusy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm(reason.trim(), client);
      onClose();
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={isDanger ? 'danger' : 'primary'}
            disabled={!isReady}
            isBusy={isBusy}
            onClick={() => void confirm()}
          >
            {does} <KeyHint keys="Mod+Enter" />
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the button below. */}
      <div
        className="dialog-content"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void confirm();
        }}
      >
        <p>{consequence}</p>
        {children}
        {asks === 'none' ? null : (
          <Field
            label="Reason"
            isRequired={asks === 'required'}
            hint={reasonHint ?? 'It stands in the audit for ever, with your name.'}
            error={failureAt(problem, '/reason')}
          >
            {(control) => (
              <textarea
                {...control}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        )}
        {problem === undefined ? null : <ProblemNote problem={problem} />}
      </div>
    </Dialog>
  );
}
