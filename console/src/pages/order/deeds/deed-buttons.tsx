import { useQuery } from '@tanstack/react-query';
import { Button } from '../../../parts/button.tsx';
import type { Deed, OrderView } from '../answers.ts';
import { deedsQuestion } from '../questions.ts';
import { buttonWords, isDoneHere } from './deed-words.ts';
import { useDoing } from './doing.tsx';

/** Those that cannot be done stand in the heading only where one would look for them. */
const looksFor = ({ deed, allowed }: Deed): boolean => allowed || deed === 'changeOrder' || deed === 'cancelOrder';

/** A held order is looked at to release it; one button of a page stands out and no more. */
function lookOf({ deed }: Deed, place: number): 'primary' | 'danger' | undefined {
  if (deed === 'cancelOrder') return 'danger';
  return deed === 'releaseHold' && place === 0 ? 'primary' : undefined;
}

/** How many stand in the heading; all stand in the view `do`. */
const most = 4;

/** What may be done with the order, in its heading. */
export function DeedButtons({ order }: { readonly order: OrderView }) {
  const { data } = useQuery(deedsQuestion(order.orderNumber));
  const { begin, dialog, note } = useDoing(order);
  const shown = (data?.deeds ?? []).filter((deed) => isDoneHere(deed) && looksFor(deed)).slice(0, most);
  return (
    <>
      {shown.map((deed, place) => {
        const look = lookOf(deed, place);
        return (
          <Button
            key={`${deed.deed} ${deed.subject}`}
            {...(look === undefined ? {} : { look })}
            disabled={!deed.allowed}
            title={deed.allowed ? deed.consequence : deed.because}
            onClick={() => begin(deed)}
          >
            {buttonWords(deed)}
          </Button>
        );
      })}
      {dialog}
      {note}
    </>
  );
}
