import { changeAddress } from '../../parts/address.ts';
import { Button } from '../../parts/button.tsx';
import { Filters } from '../../parts/filters.tsx';

const spans = [
  { title: '24 hours', days: 1 },
  { title: '7 days', days: undefined },
  { title: '30 days', days: 30 },
  { title: '90 days', days: 90 },
] as const;

const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Which time the figures are of; kept in the address. */
export function TimeChoice() {
  return (
    <Filters
      filters={[
        { kind: 'date', name: 'from', label: 'From' },
        { kind: 'date', name: 'to', label: 'To' },
      ]}
    >
      {spans.map(({ title, days }) => (
        <Button
          key={title}
          look="plain"
          onClick={() => changeAddress({ from: days === undefined ? undefined : dayBefore(days), to: undefined })}
        >
          {title}
        </Button>
      ))}
    </Filters>
  );
}
