import './json.css';
import { useState } from 'react';
import { CopyButton } from './copy-button.tsx';

interface JsonProps {
  readonly value: unknown;
  /** What it is, for who does not see: `Request`. */
  readonly label: string;
  /** How many levels are open at first. Default 2. */
  readonly openLevels?: number;
}

/** More members than these are shown only when asked for. */
const manyMembers = 100;

function Leaf({ value }: { readonly value: unknown }) {
  const kind = value === null ? 'null' : typeof value;
  return <span className={`json-${kind}`}>{JSON.stringify(value) ?? 'undefined'}</span>;
}

function Node({
  name,
  value,
  openLevels,
}: {
  readonly name?: string;
  readonly value: unknown;
  readonly openLevels: number;
}) {
  const [isOpen, setOpen] = useState(openLevels > 0);
  const [isWhole, setWhole] = useState(false);
  const label = name === undefined ? null : <span className="json-name">{name}: </span>;
  if (typeof value !== 'object' || value === null) {
    return (
      <li>
        {label}
        <Leaf value={value} />
      </li>
    );
  }
  const isArray = Array.isArray(value);
  const members = Object.entries(value);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) {
    return (
      <li>
        {label}
        {open}
        {close}
      </li>
    );
  }
  const shown = isWhole ? members : members.slice(0, manyMembers);
  return (
    <li>
      <button type="button" className="json-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {label}
        {open}
        {isOpen ? null : (
          <span className="json-size">
            {members.length} {isArray ? 'items' : 'members'} {close}
          </span>
        )}
      </button>
      {isOpen ? (
        <>
          <ul>
            {shown.map(([key, member]) => (
              <Node key={key} {...(isArray ? {} : { name: key })} value={member} openLevels={openLevels - 1} />
            ))}
            {shown.length < members.length ? (
              <li>
                <button type="button" className="json-fold" onClick={() => setWhole(true)}>
                  … {members.length - shown.length} more
                </button>
              </li>
            ) : null}
          </ul>
          {close}
        </>
      ) : null}
    </li>
  );
}

/** A JSON value to fold and to copy. */
export function Json({ value, label, openLevels = 2 }: JsonProps) {
  return (
    <section className="json" aria-label={label}>
      <div className="json-copy">
        <CopyButton text={JSON.stringify(value, undefined, 2) ?? ''} label={`Copy: ${label}`} />
      </div>
      <ul>
        <Node value={value} openLevels={openLevels} />
      </ul>
    </section>
  );
}
