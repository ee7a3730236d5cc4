import './badge.css';
import type { ReactNode } from 'react';
import { sentenceCase } from '../words/names.ts';
import { type Tone, toneOf } from '../words/tones.ts';

interface BadgeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A word with a tone. Each tone has a shape of its own beside its colour. */
export function Badge({ tone, title, children }: BadgeProps) {
  return (
    <span className={`badge ${tone}`} title={title}>
      {children}
    </span>
  );
}

interface StateBadgeProps {
  /** As the APIs name it: `breaker-open`. */
  readonly state: string;
  /** Of an order or a fulfilment. */
  readonly phase?: string;
  readonly ending?: string | undefined;
  /** What it means, in a sentence; shown when it is pointed at. */
  readonly means?: string | undefined;
  /** Where the state's own tone would mislead. */
  readonly tone?: Tone;
}

/** A state or standing of the APIs, with the tone that goes with it. */
export function StateBadge({ state, phase, ending, means, tone }: StateBadgeProps) {
  const shown = phase === 'ended' && ending !== undefined ? ending : state;
  const undoing = phase === 'unwinding';
  return (
    <Badge tone={tone ?? (undoing ? 'warn' : toneOf(shown))} {...(means === undefined ? {} : { title: means })}>
      {sentenceCase(shown)}
      {undoing ? ', undoing' : ''}
    </Badge>
  );
}
