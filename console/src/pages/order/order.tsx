import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Router } from '../../app/routes.ts';
import { StateBadge } from '../../parts/badge.tsx';
import { Page } from '../../parts/page.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Tabs, useTab } from '../../parts/tabs.tsx';
import { Answered } from './answered.tsx';
import type { OrderView } from './answers.ts';
import { DeedButtons } from './deeds/deed-buttons.tsx';
import { NowCard } from './header/now-card.tsx';
import { OrderFacts } from './header/order-facts.tsx';
import { orderQuestion } from './questions.ts';
import { StoryView } from './story/story-view.tsx';
import './order.css';
import { later } from '../../parts/later.ts';

// All but the story are loaded when they are looked at.
const LinesView = later(() => import('./lines/lines-view.tsx'), 'LinesView');
const SaysView = later(() => import('./says/says-view.tsx'), 'SaysView');
const FlowView = later(() => import('./flow/flow-view.tsx'), 'FlowView');
const MessagesView = later(() => import('./messages/messages-view.tsx'), 'MessagesView');
const TraceView = later(() => import('./trace/trace-view.tsx'), 'TraceView');
const DeedsView = later(() => import('./deeds/deeds-view.tsx'), 'DeedsView');

const tabs = [
  { value: 'story', title: 'Story' },
  { value: 'lines', title: 'Lines' },
  { value: 'says', title: 'Who says what' },
  { value: 'flow', title: 'Flow' },
  { value: 'messages', title: 'Messages' },
  { value: 'trace', title: 'Trace' },
  { value: 'do', title: 'Do' },
] as const;

function View({ order }: { readonly order: OrderView }) {
  const { orderNumber } = order;
  const view = useTab('view', tabs) as (typeof tabs)[number]['value'];
  switch (view) {
    case 'lines':
      return <LinesView order={order} />;
    case 'says':
      return <SaysView orderNumber={orderNumber} />;
    case 'flow':
      return <FlowView orderNumber={orderNumber} />;
    case 'messages':
      return <MessagesView orderNumber={orderNumber} />;
    case 'trace':
      return <TraceView orderNumber={orderNumber} />;
    case 'do':
      return <DeedsView order={order} />;
    case 'story':
      return <StoryView orderNumber={orderNumber} />;
  }
}

function Shown({ order }: { readonly order: OrderView }) {
  const counts: Readonly<Record<string, number>> = { lines: order.lines.length };
  return (
    <>
      <div className="order-summary">
        <NowCard order={order} />
        <OrderFacts order={order} />
      </div>
      <Tabs label="Views of the order" name="view" tabs={tabs.map((tab) => ({ ...tab, count: counts[tab.value] }))} />
      <div className="order-view">
        <Suspense fallback={<Skeleton label="View" lines={8} />}>
          <View order={order} />
        </Suspense>
      </div>
    </>
  );
}

/** One order: where it is, what is wrong, what to do, and everything that is behind it. */
export function Order() {
  const route = Router.useRoute(['Order']);
  const orderNumber = route?.params.orderNumber ?? '';
  const question = useQuery(orderQuestion(orderNumber));
  const order = question.data;
  return (
    <Page
      title={`Order ${orderNumber}`}
      heading={
        <span className="order-title">
          Order {orderNumber}
          {order === undefined ? null : (
            <StateBadge state={order.state} phase={order.phase} ending={order.ending} means={order.stateMeans} />
          )}
        </span>
      }
      above={{ to: Router.Orders(), title: 'Orders' }}
      actions={order === undefined ? undefined : <DeedButtons order={order} />}
    >
      <Answered question={question} label={`Order ${orderNumber}`} lines={10}>
        {(found) => <Shown key={found.orderNumber} order={found} />}
      </Answered>
    </Page>
  );
}
