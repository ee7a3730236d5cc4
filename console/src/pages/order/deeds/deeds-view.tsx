import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../../app/routes.ts';
import { StateBadge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import { Section } from '../../../parts/page.tsx';
import { When } from '../../../parts/when.tsx';
import { actor } from '../../../words/names.ts';
import { Answered } from '../answered.tsx';
import type { Deed, OrderView } from '../answers.ts';
import { deedsQuestion } from '../questions.ts';
import { buttonWords, isDoneHere } from './deed-words.ts';
import { useDoing } from './doing.tsx';

/** The case that a deed leads to: `/api/cases/v1/cases/<id>`. */
const caseOf = (link: string | undefined): string | undefined => link?.match(/\/cases\/([^/]+)$/)?.[1];

function DeedRow({ deed, begin }: { readonly deed: Deed; readonly begin: (deed: Deed) => void }) {
  const caseId = caseOf(deed.link);
  return (
    <li data-allowed={deed.allowed || undefined}>
      <div>
        <p className="deed-title">{deed.title}</p>
        <p className="deed-words">{deed.consequence}</p>
        {deed.allowed ? null : <p className="deed-because">Not now: {deed.because ?? 'it is not allowed.'}</p>}
      </div>
      {caseId !== undefined ? (
        <Link className="button" to={Router.Case({ caseId })}>
          Open the case
        </Link>
      ) : isDoneHere(deed) ? (
        <Button
          {...(deed.deed === 'cancelOrder' ? { look: 'danger' as const } : {})}
          disabled={!deed.allowed}
          onClick={() => begin(deed)}
        >
          {buttonWords(deed)}
        </Button>
      ) : null}
    </li>
  );
}

/** What was asked before, and what came of it. */
function Asked({ order }: { readonly order: OrderView }) {
  const { changes, cancellation, waivers } = order;
  if (changes.length === 0 && cancellation === undefined && waivers.length === 0) return null;
  return (
    <Section title="What was asked before">
      <ul className="deeds">
        {cancellation === undefined ? null : (
          <li>
            <div>
              <p className="deed-title">
                Cancellation <StateBadge state={cancellation.verdict} />
              </p>
              <p className="deed-words">
                {actor(cancellation.requestedBy)}, <When at={cancellation.requestedAt} shows="both" />:{' '}
                {cancellation.reason}
              </p>
              {cancellation.because === undefined ? null : <p className="deed-because">{cancellation.because}</p>}
            </div>
          </li>
        )}
        {changes.toReversed().map((change) => (
          <li key={change.id}>
            <div>
              <p className="deed-title">
                {change.what.join(', ')} <StateBadge state={change.verdict} />
              </p>
              <p className="deed-words">
                {actor(change.by)}, <When at={change.requestedAt} shows="both" />: {change.reason}
              </p>
              {change.because === undefined ? null : <p className="deed-because">{change.because}</p>}
            </div>
          </li>
        ))}
        {waivers.map((waiver) => (
          <li key={`${waiver.kind} ${waiver.line} ${waiver.grantedAt}`}>
            <div>
              <p className="deed-title">
                Hold released: {waiver.kind}
                {waiver.line === undefined ? '' : `, line ${waiver.line}`}
                {waiver.amount === undefined ? '' : `, up to ${waiver.amount} ${order.currency}`}
              </p>
              <p className="deed-words">
                {actor(waiver.grantedBy)}, <When at={waiver.grantedAt} shows="both" />: {waiver.reason}
                {waiver.expires === undefined ? null : (
                  <>
                    {' '}
                    It ends <When at={waiver.expires} shows="both" />.
                  </>
                )}
              </p>
              <p className="deed-words">It was held because: {waiver.held}</p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The view `do` of an order: what may be done now and why not, and what was asked before. */
export function DeedsView({ order }: { readonly order: OrderView }) {
  const question = useQuery(deedsQuestion(order.orderNumber));
  const { begin, dialog, note } = useDoing(order);
  return (
    <>
      {note}
      <Answered question={question} label="What may be done" lines={6}>
        {({ deeds }) => (
          <ul className="deeds">
            {deeds.map((deed) => (
              <DeedRow key={`${deed.deed} ${deed.subject}`} deed={deed} begin={begin} />
            ))}
          </ul>
        )}
      </Answered>
      <Asked order={order} />
      {dialog}
    </>
  );
}
