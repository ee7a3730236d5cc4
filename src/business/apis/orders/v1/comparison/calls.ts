import type { Asking } from '../exchanges/order-exchange.ts';
import type { Contradiction } from './contradiction.ts';
import type { Evidence } from './evidence.ts';
import { roleOf } from './role.ts';

interface Words {
  /** What we send. */
  readonly asked: string;
  /** What comes back. */
  readonly answered: string;
}

/** The messages behind each effect, as people call them. */
const words: Readonly<Record<string, Words>> = {
  'check-customer': { asked: 'question about the customer', answered: 'customer standing' },
  'check-prices': { asked: 'question about prices', answered: 'price quotation' },
  'book-in-erp': { asked: 'booking', answered: 'booking confirmation' },
  'release-to-warehouse': { asked: 'release', answered: 'receipt of the release' },
  'request-cancellation': { asked: 'request to stop', answered: 'receipt of the request to stop' },
  'issue-goods': { asked: 'goods issue', answered: 'goods issue confirmation' },
  'post-invoice': { asked: 'order to invoice', answered: 'invoice' },
  'invoice-charges': { asked: 'order to invoice the charges', answered: 'invoice' },
  'withdraw-booking': { asked: 'withdrawal of the booking', answered: 'confirmation of the withdrawal' },
  'tell-crm': { asked: 'news to the CRM', answered: 'receipt of the news' },
};

const undone: Readonly<Record<string, Words>> = {
  'book-in-erp': { asked: 'withdrawal of the booking', answered: 'confirmation of the withdrawal' },
};

const wordsOf = ({ name, undoes }: Asking): Words => {
  const plain = name.replaceAll('-', ' ');
  return (undoes ? undone[name] : words[name]) ?? { asked: plain, answered: `answer to "${plain}"` };
};

/** We sent nothing, or what we sent was not done: the message is missing there. */
function missingThere({ system, at, settledAt, fault, standing }: Asking, message: string): Contradiction {
  const isStuck = standing === 'parked';
  const why = fault === undefined ? '' : `: ${fault.message.replace(/\.$/, '')}`;
  return {
    property: 'state',
    says: isStuck
      ? `${system} has not taken the ${message}${why}. It waits for somebody's decision.`
      : `${system} has not been sent the ${message}, which is overdue.`,
    missing: {
      message,
      from: 'crossdock',
      to: system,
      since: settledAt ?? at,
      whatToDo: isStuck
        ? 'Decide about its case: send it again, say by hand what came of it, or go on without it.'
        : `See the lane of ${system}: it is down, paused, or has more work than it can do.`,
    },
  };
}

/** It was sent, and nobody knows what came of it: the answer is missing here. */
function missingHere({ system, at, standing }: Asking, message: string): Contradiction {
  const isNobodys = standing === 'in doubt: nobody knows';
  return {
    property: 'state',
    says: `${system} has not said what came of what it was asked: the ${message} is missing${isNobodys ? ', and it cannot be asked' : ''}.`,
    missing: {
      message,
      from: system,
      to: 'crossdock',
      since: at,
      whatToDo: isNobodys
        ? `Look in ${system} whether it was done, and say so by its case.`
        : `See the lane of ${system}, and whether ${system} answers at all; it is asked before anything is sent again.`,
    },
  };
}

function contradictionOf(asking: Asking): Contradiction {
  const { asked, answered } = wordsOf(asking);
  const isHere = asking.standing !== 'parked' && asking.standing !== 'safe to send';
  return isHere ? missingHere(asking, answered) : missingThere(asking, asked);
}

/** Every call to an outside system that failed or takes too long, with the message that is missing. */
export const judgeCalls = ({ askings, progress }: Evidence): readonly Contradiction[] =>
  askings
    .filter((each) => roleOf(each) !== undefined)
    .filter((each) => ['silent', 'stuck'].includes(progress(each)))
    .map(contradictionOf);
