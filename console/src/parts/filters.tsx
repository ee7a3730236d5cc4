import './field.css';
import './filters.css';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { changeAddress, useAddress } from './address.ts';
import { Button } from './button.tsx';

interface FilterOf {
  /** The parameter of the address. */
  readonly name: string;
  readonly label: string;
}

/** What a list may be narrowed by. */
export type Filter =
  | (FilterOf & { readonly kind: 'text'; readonly placeholder?: string })
  | (FilterOf & {
      readonly kind: 'choice';
      readonly options: readonly { value: string; label: string }[];
      /** What it is called when nothing is chosen. Default `All`. */
      readonly unset?: string;
    })
  | (FilterOf & { readonly kind: 'flag' })
  | (FilterOf & { readonly kind: 'date' });

/** A text is taken so long after the last letter, ms. */
const settledMs = 350;

function TextFilter({
  filter,
  value,
}: {
  readonly filter: FilterOf & { placeholder?: string };
  readonly value: string;
}) {
  const id = useId();
  const [text, setText] = useState(value);
  // The address changed by another way: back, or clearing.
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => changeAddress({ [filter.name]: text.trim() }), settledMs);
    return () => clearTimeout(timer);
  }, [text, value, filter.name]);
  return (
    <>
      <label htmlFor={id}>{filter.label}</label>
      <input
        id={id}
        type="search"
        value={text}
        placeholder={filter.placeholder}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </>
  );
}

function OtherFilter({
  filter,
  value,
}: {
  readonly filter: Exclude<Filter, { kind: 'text' }>;
  readonly value: string;
}) {
  const id = useId();
  const take = (next: string): void => changeAddress({ [filter.name]: next });
  if (filter.kind === 'flag') {
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => take(event.target.checked ? 'true' : '')}
        />
        {filter.label}
      </label>
    );
  }
  return (
    <>
      <label htmlFor={id}>{filter.label}</label>
      {filter.kind === 'date' ? (
        <input id={id} type="date" value={value} onChange={(event) => take(event.target.value)} />
      ) : (
        <select id={id} value={value} onChange={(event) => take(event.target.value)}>
          <option value="">{filter.unset ?? 'All'}</option>
          {/* What the address says stays visible, even where there is no such choice any more. */}
          {value === '' || filter.options.some((option) => option.value === value) ? null : (
            <option value={value}>{value}</option>
          )}
          {filter.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

interface FiltersProps {
  readonly filters: readonly Filter[];
  /** At the end, e.g. what it is sorted by or how many there are. */
  readonly children?: ReactNode;
}

/** What a list is narrowed to, kept in the address. */
export function Filters({ filters, children }: FiltersProps) {
  const values = useAddress();
  const isNarrowed = filters.some(({ name }) => values[name] !== undefined);
  return (
    <search className="filters">
      {filters.map((filter) => (
        <div key={filter.name} className={`filter ${filter.kind} ${values[filter.name] === undefined ? '' : 'set'}`}>
          {filter.kind === 'text' ? (
            <TextFilter filter={filter} value={values[filter.name] ?? ''} />
          ) : (
            <OtherFilter filter={filter} value={values[filter.name] ?? ''} />
          )}
        </div>
      ))}
      {isNarrowed ? (
        <Button
          look="plain"
          onClick={() => changeAddress(Object.fromEntries(filters.map(({ name }) => [name, undefined])))}
        >
          Clear
        </Button>
      ) : null}
      {children === undefined ? null : <div className="filters-end">{children}</div>}
    </search>
  );
}
