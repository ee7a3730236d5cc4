import './button.css';
import type { ButtonHTMLAttributes } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: what one came for, once on a page. `danger`: what cannot be taken back. `plain`: without a frame. */
  readonly look?: 'primary' | 'danger' | 'plain';
  /** It is being done: the button waits and cannot be pressed again. */
  readonly isBusy?: boolean;
}

/** A button. */
export function Button({ look, isBusy = false, className, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={['button', look, className].filter(Boolean).join(' ')}
    />
  );
}
