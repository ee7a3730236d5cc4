import type { Preview } from './change-draft.ts';

interface Props {
  readonly title: string;
  readonly preview: readonly Preview[];
  /** What of it cannot be read. */
  readonly wrong?: readonly string[];
  /** A sentence about it. */
  readonly note?: string | undefined;
}

/** What is other, from and to. */
export function ChangePreview({ title, preview, wrong = [], note }: Props) {
  return (
    <section className="change-preview" aria-label={title} aria-live="polite">
      <h3>{title}</h3>
      {note === undefined ? null : <p>{note}</p>}
      <ul>
        {preview.map(({ what, from, to }) => (
          <li key={what}>
            {what}: {from === '' ? null : <del>{from}</del>} <ins>{to === '' ? 'nothing' : to}</ins>
          </li>
        ))}
        {wrong.map((each) => (
          <li key={each} className="change-wrong">
            {each}
          </li>
        ))}
      </ul>
    </section>
  );
}
