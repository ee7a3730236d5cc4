import { changeAddress, useAddress } from '../../parts/address.ts';
import { Button } from '../../parts/button.tsx';
import { Filters } from '../../parts/filters.tsx';
import { When } from '../../parts/when.tsx';
import type { Time } from './questions.ts';

const spans = [
  { title: '24 hours', days: 1 },
  { title: '7 days', days: undefined },
  { title: '30 days', days: 30 },
  { title: '90 days', days: 90 },
] as const;

const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Which time the figures are of; kept in the address. */
export function TimeChoice({ shown }: { readonly shown: Time | undefined }) {
  const { from: chosen, to: until } = useAddress();
  return (
    <Filters
      filters={[
        { kind: 'date', name: 'from', label: 'From' },
        { kind: 'date', name: 'to', label: 'To' },
      ]}
    >
      {shown?.from === undefined || shown.to === undefined ? null : (
        <span className="muted">
          <When at={shown.from} shows="absolute" /> to <When at={shown.to} shows="absolute" />
        </span>
      )}
      {spans.map(({ title, days }) => {
        const from = days === undefined ? undefined : dayBefore(days);
        return (
          <Button
            key={title}
            look="plain"
            aria-pressed={from === chosen && until === undefined}
            onClick={() => changeAddress({ from, to: undefined })}
          >
            {title}
          </Button>
        );
      })}
    </Filters>
  );
}
