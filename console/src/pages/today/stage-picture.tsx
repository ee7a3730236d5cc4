import './stage-picture.css';
import { useRef } from 'react';
import { useWidth } from '../../parts/use-width.ts';
import { count, counted } from '../../words/count.ts';
import { sentenceCase } from '../../words/names.ts';
import type { Stages } from './queries.ts';
import { arrowPath, arrowWidth, wayBetween } from './stage-arrows.ts';
import { StageBox } from './stage-box.tsx';
import { columnGap, type StageBoxes, stageBoxes } from './stage-boxes.ts';
import { stageLayout } from './stage-layout.ts';

/** The moves that can be drawn, each with its line; the far ones each in a channel of its own. */
function arrowsOf(moves: Stages['moves'], { boxes, channel }: StageBoxes) {
  let far = 0;
  const arrows = moves.flatMap((move) => {
    const [from, to] = [boxes.get(move.from), boxes.get(move.to)];
    if (from === undefined || to === undefined || from === to) return [];
    if (wayBetween(from, to) === 'under') far += 1;
    return [{ ...move, path: arrowPath(from, to, columnGap, channel(far - 1)) }];
  });
  return { arrows, height: channel(far) };
}

/** Where the orders stand and which way they go: boxes in the order in which an order passes them, and arrows as busy as the ways. */
export function StagePicture({ stages, moves }: Pick<Stages, 'stages' | 'moves'>) {
  const element = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  const ended = new Set(stages.filter(({ kind }) => kind === 'ended').map(({ state }) => state));
  const picture = stageBoxes(stageLayout(stages), ended, width);
  const most = Math.max(1, ...moves.map((move) => move.count));
  const drawn = picture === undefined ? undefined : arrowsOf(moves, picture);
  return (
    <div
      ref={element}
      className={drawn === undefined ? 'stage-rows' : 'stage-picture'}
      style={drawn === undefined ? undefined : { height: drawn.height }}
    >
      {drawn === undefined ? null : (
        <svg width={width} height={drawn.height} role="img" aria-label="Which way orders went in the last 24 hours">
          <defs>
            <marker
              id="stage-head"
              viewBox="0 0 6 6"
              refX="5.5"
              refY="3"
              markerWidth="7"
              markerHeight="7"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0L6 3L0 6z" />
            </marker>
          </defs>
          {drawn.arrows.map(({ from, to, count: moved, path }) => (
            <path
              key={`${from} ${to}`}
              className="stage-arrow"
              d={path}
              strokeWidth={arrowWidth(moved, most)}
              markerEnd="url(#stage-head)"
            >
              <title>
                {sentenceCase(from)} → {sentenceCase(to)}: {counted(moved, 'order')} in the last 24 hours
              </title>
            </path>
          ))}
        </svg>
      )}
      <ol>
        {stages.map((stage) => {
          const box = picture?.boxes.get(stage.state);
          const { x: left, y: top, width, height } = box ?? {};
          return (
            <li key={stage.state} style={box === undefined ? undefined : { left, top, width, height }}>
              <StageBox stage={stage} />
            </li>
          );
        })}
      </ol>
      <ul className="hidden">
        {moves.map(({ from, to, count: moved }) => (
          <li key={`${from} ${to}`}>
            {count(moved)} from {sentenceCase(from)} to {sentenceCase(to)} in the last 24 hours
          </li>
        ))}
      </ul>
    </div>
  );
}
