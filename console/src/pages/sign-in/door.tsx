import './sign-in.css';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { ProblemNote } from '../../parts/problem.tsx';

interface DoorProps {
  /** Also the window's title. */
  readonly title: string;
  readonly lede?: ReactNode;
  /** The button: `Sign in`. */
  readonly does: string;
  /** Lets in; throwing shows what was thrown. */
  readonly onEnter: () => Promise<void>;
  /** What was wrong before the page was opened. */
  readonly problem?: string | undefined;
  /** The fields. */
  readonly children: ReactNode;
  /** Below the button. */
  readonly foot?: ReactNode;
}

/** The door of the console: fields, one button, and what was refused. */
export function Door({ title, lede, does, onEnter, problem, children, foot }: DoorProps) {
  const [isBusy, setBusy] = useState(false);
  const [thrown, setThrown] = useState<unknown>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = `${title} · Crossdock`;
  }, [title]);
  async function enter(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setThrown(undefined);
    try {
      await onEnter();
    } catch (refused) {
      setThrown(refused);
      form.current?.querySelector<HTMLInputElement>('input[type="password"]')?.select();
    } finally {
      setBusy(false);
    }
  }
  return (
    <main className="door" id="page">
      <form ref={form} onSubmit={(event) => void enter(event)}>
        <p className="door-brand">
          <img src="/icon.svg" alt="" width="24" height="24" /> Crossdock
        </p>
        <h1>{title}</h1>
        {lede === undefined ? null : <p className="muted">{lede}</p>}
        {thrown === undefined && problem !== undefined ? (
          <p className="door-problem" role="alert">
            {problem}
          </p>
        ) : null}
        {thrown === undefined ? null : <ProblemNote problem={thrown} />}
        {children}
        <Button type="submit" look="primary" isBusy={isBusy}>
          {does}
        </Button>
        {foot}
      </form>
    </main>
  );
}
