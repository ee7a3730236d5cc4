import { useQuery } from '@tanstack/react-query';
import { changeAddress, useAddress } from '../../parts/address.ts';
import { type Filter, Filters } from '../../parts/filters.tsx';
import { sentenceCase } from '../../words/names.ts';
import { statesQuestion } from './questions.ts';
import type { Question } from './views.ts';

const channels = ['api', 'crm', 'file', 'edi', 'erp'] as const satisfies readonly Question['channel'][];

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'longest-in-state', label: 'Longest in their state' },
  { value: 'due', label: 'Due first' },
  { value: 'worth', label: 'Dearest first' },
] as const;

const rarely: readonly Filter[] = [
  { kind: 'flag', name: 'withCases', label: 'With open cases' },
  { kind: 'text', name: 'item', label: 'Item' },
  { kind: 'text', name: 'site', label: 'Warehouse' },
  {
    kind: 'choice',
    name: 'channel',
    label: 'Came by',
    options: channels.map((value) => ({ value, label: sentenceCase(value) })),
  },
  { kind: 'date', name: 'from', label: 'Accepted from' },
  { kind: 'date', name: 'to', label: 'Accepted until' },
];

/** What the list is narrowed to. */
export function OrderFilters() {
  const address = useAddress();
  const { data: states = [] } = useQuery(statesQuestion);
  const often: readonly Filter[] = [
    { kind: 'text', name: 'search', label: 'Search', placeholder: 'Any system’s number, or a customer' },
    { kind: 'text', name: 'customer', label: 'Customer' },
    {
      kind: 'choice',
      name: 'state',
      label: 'State',
      options: states.map((value) => ({ value, label: sentenceCase(value) })),
    },
    {
      kind: 'choice',
      name: 'due',
      label: 'Due',
      options: [
        { value: 'today', label: 'Today' },
        { value: 'overdue', label: 'Overdue' },
      ],
    },
  ];
  // Whether one looks at those with cases is seen by the list's own name above.
  const narrowedBy = rarely.filter(({ name, kind }) => kind !== 'flag' && address[name] !== undefined).length;
  return (
    <div className="order-filters">
      <Filters filters={often}>
        <label className="order-sort">
          Sort
          <select
            value={address.sort ?? ''}
            onChange={({ target }) => changeAddress({ sort: target.value })}
            // The others are of open orders: an ended one waits for nothing.
            disabled={address.phase === 'ended'}
          >
            {sorts.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </Filters>
      <details className="order-rarely" {...(narrowedBy > 0 ? { open: true } : {})}>
        <summary>More filters{narrowedBy === 0 ? '' : ` (${narrowedBy} set)`}</summary>
        <Filters filters={rarely} />
      </details>
    </div>
  );
}
