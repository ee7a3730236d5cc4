import { Button } from './button.tsx';
import { ListEnd } from './list-end.tsx';

/** More than is shown; see `useKeyset`. */
export interface More {
  readonly has: boolean;
  readonly isLoading: boolean;
  readonly load: () => void;
}

/** The end of what is shown of more: loads the next when one comes near it, or asks for it. */
export function ShowMore({ more: { has, isLoading, load } }: { readonly more: More }) {
  if (!has) return null;
  return (
    <ListEnd onNear={load}>
      <Button look="plain" isBusy={isLoading} onClick={load}>
        {isLoading ? 'Loading…' : 'Show more'}
      </Button>
    </ListEnd>
  );
}
