import { Link } from '@swan-io/chicane';
import { useQuery } from '@tanstack/react-query';
import { Router } from '../../../app/routes.ts';
import { Card } from '../../../parts/page.tsx';
import { ProblemNote } from '../../../parts/problem.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { When } from '../../../parts/when.tsx';
import { counted } from '../../../words/count.ts';
import { sentenceCase } from '../../../words/names.ts';
import type { OrderCase, OrderView } from '../answers.ts';
import { casesQuestion, picturesQuestion } from '../questions.ts';
import { type Now, nowOf } from './now-of.ts';

/** A case that only says what the holds say already. */
const isOfHold = ({ cause }: OrderCase): boolean => cause === 'order-held' || cause.startsWith('hold-');

function CaseLine({ found }: { readonly found: OrderCase }) {
  return (
    <li data-severity={found.severity}>
      <Link to={Router.Case({ caseId: found.id })}>{isOfHold(found) ? 'Case of the hold' : found.summary}</Link>
      <span className="now-note">
        open for <When at={found.openedAt} shows="age" />
        {found.owner === undefined ? ', nobody has taken it' : `, ${found.owner} has it`}
        {found.overdue ? ', overdue' : ''}
      </span>
    </li>
  );
}

function Cases({ order }: { readonly order: OrderView }) {
  const { data, error } = useQuery(
    casesQuestion(
      order.orderNumber,
      order.fulfilments.map(({ fulfilmentNumber }) => fulfilmentNumber),
    ),
  );
  const { openCases, holds } = order;
  if (data === undefined) {
    if (error === null) return <Skeleton label="Cases" lines={1} />;
    // Not everybody may see cases; the order itself says at least which there are.
    return openCases.length === 0 ? null : <p className="now-note">Open: {openCases.map(sentenceCase).join(', ')}</p>;
  }
  if (data.length === 0) return holds.length > 0 ? null : <p className="now-quiet">Nothing: no case is open.</p>;
  return (
    <ul className="now-cases">
      {data.map((found) => (
        <CaseLine key={found.id} found={found} />
      ))}
    </ul>
  );
}

/** What is wrong and what to do: the holds, and the open cases of the order and of its fulfilments. */
function Wrong({ order }: { readonly order: OrderView }) {
  return (
    <>
      {order.holds.length === 0 ? null : (
        <ul className="now-cases">
          {order.holds.map(({ hold, kind, line, reason }) => (
            <li key={hold} data-severity="problem">
              <strong>
                {sentenceCase(kind)}
                {line === undefined ? '' : `, line ${line}`}
              </strong>
              : {reason}
            </li>
          ))}
        </ul>
      )}
      <Cases order={order} />
    </>
  );
}

function Deadline({ deadline: { at, consequence } }: { readonly deadline: Now['deadlines'][number] }) {
  return (
    <p>
      <When at={at} shows="both" />: {consequence}
    </p>
  );
}

/** What is waited for, and what happens when it does not come; later deadlines fold. */
function Next({ now: { waitsFor, deadlines } }: { readonly now: Now }) {
  const [first, ...later] = deadlines;
  return (
    <div className="now-next">
      {waitsFor.length === 0 ? null : <p>Waits for {waitsFor.join('; or for ')}.</p>}
      {first === undefined ? null : <Deadline deadline={first} />}
      {later.length === 0 ? null : (
        <details>
          <summary>{counted(later.length, 'later deadline')}</summary>
          {later.map((deadline) => (
            <Deadline key={`${deadline.key} ${deadline.at}`} deadline={deadline} />
          ))}
        </details>
      )}
    </div>
  );
}

/** Where the order is, what is wrong, and what will happen next. */
export function NowCard({ order }: { readonly order: OrderView }) {
  const { data, error } = useQuery(picturesQuestion(order.orderNumber));
  const now = data === undefined ? undefined : nowOf(data.pictures, order.orderNumber);
  const ended = order.phase === 'ended';
  return (
    <Card>
      <dl className="order-now">
        <div>
          <dt>Where it is</dt>
          <dd>
            <p className="now-means">{order.stateMeans}</p>
            <p className="now-note">
              {ended ? 'Ended ' : 'So for '}
              <When at={now?.since ?? order.updatedAt} shows={ended ? 'both' : 'age'} />
              {now?.within.map(({ key, means }) => (
                <span key={key} className="now-within">
                  {key}: {means}
                </span>
              ))}
            </p>
          </dd>
        </div>
        <div data-wrong={order.openCases.length > 0 || undefined}>
          <dt>What is wrong</dt>
          <dd>
            <Wrong order={order} />
          </dd>
        </div>
        <div>
          <dt>What comes next</dt>
          <dd>
            {error !== null && now === undefined ? <ProblemNote problem={error} /> : null}
            {now === undefined && error === null ? <Skeleton label="What comes next" lines={2} /> : null}
            {ended ? <p className="now-quiet">Nothing more: the order has ended.</p> : null}
            {now === undefined || ended ? null : <Next now={now} />}
          </dd>
        </div>
      </dl>
    </Card>
  );
}
