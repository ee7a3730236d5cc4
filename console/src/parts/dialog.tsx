import './dialog.css';
import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** `dialog` (default) stands in the middle, `drawer` at the right and as high as the window. */
  readonly kind?: 'dialog' | 'drawer';
  /** Buttons at its end. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/**
 * Something that must be looked at before going on, in the browser's own dialog: the focus stays inside, Escape closes, and
 * afterwards the focus is where it was. Its content exists only while it is open.
 */
export function Dialog({ title, isOpen, onClose, kind = 'dialog', footer, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // A press inside that is released beside it, as when one selects text, is no click beside it.
  const isPressedBeside = useRef(false);
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (isOpen && !dialog.open) {
      dialog.showModal();
      // The browser would choose the close button: what is to be filled in comes first.
      const first = dialog.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea):not(:disabled)');
      (first ?? dialog).focus();
    }
    if (!isOpen && dialog.open) dialog.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does with the keyboard what a click beside it does with the mouse.
    <dialog
      ref={element}
      className={`dialog ${kind}`}
      tabIndex={-1}
      aria-labelledby={titleId}
      onClose={onClose}
      onPointerDown={(event) => {
        isPressedBeside.current = event.target === element.current;
      }}
      onClick={(event) => {
        if (isPressedBeside.current && event.target === element.current) onClose();
      }}
    >
      {isOpen ? (
        <div className="dialog-box">
          <header>
            <h2 id={titleId}>{title}</h2>
            <button type="button" className="dialog-close" aria-label="Close" onClick={onClose}>
              ×
            </button>
          </header>
          <div className="dialog-body">{children}</div>
          {footer === undefined ? null : <footer>{footer}</footer>}
        </div>
      ) : null}
    </dialog>
  );
}
