/** A box in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const middle = ({ x, width }: Box): number => x + width / 2;
const corner = 8;

/** A line through these points, upright and level, with round corners. */
function roundedLine(points: readonly Point[]): string {
  return points
    .map((point, at) => {
      const [before, after] = [points[at - 1], points[at + 1]];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined) return `L${point.x} ${point.y}`;
      const towards = ({ x, y }: Point): Point => ({
        x: point.x + Math.sign(x - point.x) * Math.min(corner, Math.abs(x - point.x) / 2),
        y: point.y + Math.sign(y - point.y) * Math.min(corner, Math.abs(y - point.y) / 2),
      });
      const [into, out] = [towards(before), towards(after)];
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join('');
}

/** Which kind of way leads from one box to another. `under`: far, so it goes below everything. */
export function wayBetween(from: Box, to: Box): 'upright' | 'beside' | 'over' | 'under' {
  if (Math.abs(from.x - to.x) < 1) return 'upright';
  const gap = Math.max(to.x - (from.x + from.width), from.x - (to.x + to.width));
  if (gap < from.width) return 'beside';
  return to.x > from.x && from.y === to.y ? 'over' : 'under';
}

function upright(from: Box, to: Box): string {
  const isDown = to.y > from.y;
  const x = middle(from) + (isDown ? -10 : 10);
  return isDown ? `M${x} ${from.y + from.height}V${to.y}` : `M${x} ${from.y}V${to.y + to.height}`;
}

/** To a neighbour: there in the upper lane and back in the lower one. */
function beside(from: Box, to: Box): string {
  const isForward = to.x > from.x;
  const shift = isForward ? -8 : 8;
  const [startX, endX] = isForward ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
  const [startY, endY] = [from.y + from.height / 2 + shift, to.y + to.height / 2 + shift];
  if (Math.abs(startY - endY) < 1) return `M${startX} ${startY}H${endX}`;
  const half = (startX + endX) / 2;
  return roundedLine([
    { x: startX, y: startY },
    { x: half, y: startY },
    { x: half, y: endY },
    { x: endX, y: endY },
  ]);
}

function over(from: Box, to: Box): string {
  const [startX, endX] = [middle(from) + 24, middle(to) - 24];
  const top = from.y - 14;
  return roundedLine([
    { x: startX, y: from.y },
    { x: startX, y: top },
    { x: endX, y: top },
    { x: endX, y: to.y },
  ]);
}

/** Out of the side that is nearer, down between the columns, along below everything, and up again beside the target. */
function under(from: Box, to: Box, gap: number, channel: number): string {
  const isForward = to.x > from.x;
  const startX = isForward ? from.x + from.width : from.x;
  const endX = isForward ? to.x : to.x + to.width;
  const aside = (gap / 2) * (isForward ? 1 : -1);
  const [startY, endY] = [from.y + from.height - 18, to.y + to.height - 18];
  return roundedLine([
    { x: startX, y: startY },
    { x: startX + aside, y: startY },
    { x: startX + aside, y: channel },
    { x: endX - aside, y: channel },
    { x: endX - aside, y: endY },
    { x: endX, y: endY },
  ]);
}

/** The line from one box to another. `gap`: between columns; `channel`: how low the way below everything is. */
export function arrowPath(from: Box, to: Box, gap: number, channel: number): string {
  const way = wayBetween(from, to);
  if (way === 'under') return under(from, to, gap, channel);
  return { upright, beside, over }[way](from, to);
}

/** How thick the line of so many moves is, from 1 to 4 pixels, beside the busiest. */
export const arrowWidth = (count: number, most: number): number =>
  most <= 1 ? 1.5 : 1 + (3 * Math.log(Math.max(1, count))) / Math.log(most);
