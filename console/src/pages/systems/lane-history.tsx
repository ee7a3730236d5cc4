import { Badge } from '../../parts/badge.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { actor } from '../../words/names.ts';
import type { Tone } from '../../words/tones.ts';
import type { LaneDetail } from './lane-query.ts';

type Deed = LaneDetail['history'][number];

const words: Readonly<Record<Deed['what'], { readonly text: string; readonly tone: Tone }>> = {
  opened: { text: 'Stopped: it failed', tone: 'bad' },
  closed: { text: 'In use again', tone: 'good' },
  paused: { text: 'Paused', tone: 'warn' },
  resumed: { text: 'Resumed', tone: 'good' },
};

const columns: readonly Column<Deed>[] = [
  { name: 'at', title: 'When', width: '9rem', cell: ({ at }) => <When at={at} shows="second" /> },
  {
    name: 'what',
    title: 'What',
    width: '11rem',
    cell: ({ what }) => <Badge tone={words[what].tone}>{words[what].text}</Badge>,
  },
  {
    name: 'who',
    title: 'By',
    width: '10rem',
    hideBelow: 'phone',
    cell: ({ who }) => <span title={who}>{actor(who)}</span>,
  },
  { name: 'because', title: 'Because', wraps: true, cell: ({ because }) => because ?? '' },
];

/** The last twenty things that were done to a lane, or happened to it. */
export const LaneHistory = ({ history }: { readonly history: readonly Deed[] }) => (
  <List
    label="History"
    columns={columns}
    rows={history}
    rowKey={({ at, what }) => `${at} ${what}`}
    empty={<Empty title="Nothing has happened to it: it was in use all the time." />}
  />
);
