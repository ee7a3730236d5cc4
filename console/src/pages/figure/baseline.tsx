import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../client/me.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Field } from '../../parts/field.tsx';
import { toast } from '../../parts/toast.tsx';
import type { Figure, Time } from '../figures/questions.ts';
import { daysOf } from '../figures/spans.ts';

/** Says what a figure is held against from now on. */
export function SetBaseline({ figure, time }: { readonly figure: Figure; readonly time: Required<Time> }) {
  const may = useMay('figures:baseline');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  // What is shown can be another time than when the page was opened.
  function open(): void {
    const days = daysOf(time);
    setFrom(days.from);
    setTo(days.to);
    setOpen(true);
  }
  return (
    <>
      <Button
        disabled={!may || !figure.available}
        title={may ? undefined : 'Supervisors set baselines: it wants the scope figures:baseline.'}
        onClick={open}
      >
        Set baseline
      </Button>
      <Confirm
        title={`Baseline of ${figure.title}`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        does="Set baseline"
        consequence="What the figure was in that time is what it is held against from now on. Earlier baselines are kept in the audit."
        isIncomplete={from === '' || to === ''}
        onConfirm={async (reason, client) => {
          await client.POST('/api/figures/v1/figures/{figure}/baseline', {
            params: { path: { figure: figure.figure } },
            body: { from, to, reason },
          });
          await queries.invalidateQueries({ queryKey: ['figures'] });
          toast(`${figure.title} has a baseline`);
        }}
      >
        <Field label="From" isRequired>
          {(control) => (
            <input {...control} type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
          )}
        </Field>
        <Field label="To" isRequired>
          {(control) => <input {...control} type="date" value={to} onChange={({ target }) => setTo(target.value)} />}
        </Field>
      </Confirm>
    </>
  );
}
