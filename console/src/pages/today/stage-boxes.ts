import type { Box } from './stage-arrows.ts';
import type { StageLayout } from './stage-layout.ts';

/** Pixels. The gaps have room for arrows there and back. */
const boxHeight = 106;
const endHeight = 58;
const rowGap = 26;
const endGap = 8;
/** Below this width the boxes stand below each other, without arrows. */
const leastBoxWidth = 112;
const mostBoxWidth = 190;
/** Room above the first row for the ways that go over it. */
const above = 20;
const between = 10;

export const columnGap = 28;

/** The picture in pixels. */
export interface StageBoxes {
  readonly boxes: ReadonlyMap<string, Box>;
  /** Where the lowest box ends. */
  readonly bottom: number;
  /** How low the way below everything is that is the `at`th. */
  readonly channel: (at: number) => number;
}

/** The boxes of a picture of this width; undefined where it is too narrow for one. The ends are lower: there is less to say of them. */
export function stageBoxes(
  { places, columns }: StageLayout,
  ended: ReadonlySet<string>,
  width: number,
): StageBoxes | undefined {
  const boxWidth = Math.min(mostBoxWidth, (width - columnGap * (columns - 1)) / Math.max(1, columns));
  if (width === 0 || boxWidth < leastBoxWidth) return undefined;
  const boxes = new Map<string, Box>();
  for (const [state, { column, row }] of places) {
    const isEnd = ended.has(state);
    const [height, gap] = isEnd ? [endHeight, endGap] : [boxHeight, rowGap];
    boxes.set(state, { x: column * (boxWidth + columnGap), y: above + row * (height + gap), width: boxWidth, height });
  }
  const bottom = Math.max(0, ...[...boxes.values()].map(({ y, height }) => y + height));
  return { boxes, bottom, channel: (at) => bottom + between * (at + 1) };
}
