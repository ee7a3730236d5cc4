import { changeAddress, useAddress } from '../../parts/address.ts';
import { Button } from '../../parts/button.tsx';
import { Filters } from '../../parts/filters.tsx';
import { When } from '../../parts/when.tsx';
import type { Time } from './questions.ts';
import { firstOf, spans } from './spans.ts';

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
        const from = days === undefined ? undefined : firstOf(days, new Date());
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
