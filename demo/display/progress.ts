import type { Observed } from '../drive/observed.ts';
import { cut, durationText, width } from './table.ts';

/** Where the progress is shown. */
export interface Screen {
  write(text: string): void;
  /** A terminal: lines can be drawn over. */
  readonly isTTY: boolean;
  /** Of a terminal, as it is now; a line that wraps cannot be drawn over. */
  readonly columns?: number;
}

export interface Progress {
  /** Says what is being done before the orders run. */
  say(text: string): void;
  /** The same for what is of no use when it is cut: an address. */
  sayWhole(text: string): void;
  /** The orders begin. */
  begin(orders: number): void;
  told(observed: Observed): void;
  /** The last picture stays. */
  end(): void;
}

const up = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\r\u001b[J`);

/** The bar gives way to the figures beside it. */
const widestBar = 40;
const narrowestBar = 4;

function bar(done: number, all: number, room: number): string {
  const cells = Math.max(narrowestBar, Math.min(widestBar, room));
  const full = all === 0 ? 0 : Math.round((Math.min(done, all) / all) * cells);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)}`;
}

const endOf = ({ orderNumber, quarantined, state, status, trouble }: Observed): string => {
  if (trouble !== undefined) return 'in trouble';
  if (quarantined) return 'quarantined';
  if (orderNumber === undefined) return status === 422 ? 'refused' : 'unanswered';
  return state ?? 'accepted';
};

/** `536365 → 100017 completed (short pick): held for price; release price`. */
function tellingLine(observed: Observed): string {
  const { id, orderNumber, channel, incident, holdsSeen } = observed;
  const name = orderNumber === undefined ? `invoice ${id}` : `order ${orderNumber}`;
  const held = holdsSeen.length === 0 ? '' : `, was held for ${holdsSeen.join(' and ')}`;
  const what = incident === undefined ? '' : ` — ${incident.replaceAll('-', ' ')}`;
  return `${name} by ${channel.toUpperCase()}: ${endOf(observed)}${held}${what}`;
}

/**
 * Shows how the day goes: redrawn in place on a terminal, else one line every two seconds. `now` in ms, for tests.
 */
export function createProgress(screen: Screen, now: () => number = () => performance.now()): Progress {
  const ends = new Map<string, number>();
  let all = 0;
  let done = 0;
  let started = now();
  let drawn = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let latest = '';

  /** Cells of a line: as many as are printed anyway, or fewer where the terminal has fewer. */
  const room = (): number => Math.min(width, screen.columns ?? width);
  const counts = (): string => [...ends].map(([end, count]) => `${count} ${end}`).join(' · ');

  function picture(): readonly string[] {
    const elapsed = now() - started;
    const rate = elapsed > 0 ? ((done / elapsed) * 1_000).toFixed(1) : '0.0';
    const figures = `  ${done} of ${all} orders   ${durationText(elapsed)}   ${rate} a second`;
    const margin = '  ';
    return [
      `${margin}${bar(done, all, room() - margin.length - figures.length)}${figures}`,
      `${margin}${counts()}`,
      `${margin}${latest}`,
    ].map((line) => cut(line, room()));
  }

  function draw(force: boolean): void {
    const at = now();
    if (!force && at - drawnAt < (screen.isTTY ? 100 : 2_000)) return;
    drawnAt = at;
    if (!screen.isTTY) {
      screen.write(
        `${cut(`  ${done} of ${all} orders, ${durationText(at - started)}${done === 0 ? '' : `: ${counts()}`}`, width)}\n`,
      );
      return;
    }
    const lines = picture();
    screen.write(`${up(drawn)}${lines.join('\n')}\n`);
    drawn = lines.length;
  }

  function say(line: string): void {
    screen.write(`${line}\n`);
    drawn = 0;
  }

  return {
    say: (text) => say(cut(`  ${text}`, room())),
    sayWhole: (text) => say(`  ${text}`),
    begin: (orders) => {
      all = orders;
      started = now();
      draw(true);
    },
    told: (observed) => {
      // The unwanted second order belongs to its first.
      if (!observed.id.endsWith(' again')) {
        done += 1;
        const end = endOf(observed);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
      if (observed.incident !== undefined || latest === '') latest = tellingLine(observed);
      draw(false);
    },
    end: () => {
      draw(true);
      drawn = 0;
    },
  };
}
