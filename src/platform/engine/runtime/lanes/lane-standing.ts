import type { Log } from '../engine.ts';
import { patience } from '../runs/run-actor.ts';
import { askForProbe, giveProbeBack, openLane, shutLane } from '../sql/lanes.ts';
import type { BreakerNews } from './breaker.ts';
import type { Lane } from './lane.ts';
import type { LaneLink } from './lane-link.ts';
import type { Maintenance } from './lane-maintenance.ts';
import type { LaneReading } from './lane-readings.ts';
import type { LaneEvent } from './lane-status.ts';

/** Whether a lane may be used, as the whole installation knows it: breaker, pause, maintenance. */
export interface LaneStanding {
  /** The breaker changed here: the others are told. */
  tell(news: BreakerNews): void;
  /** Asks for the right to the one call that finds out. */
  askForProbe(): Promise<boolean>;
  /** What a round read. */
  adopt(reading: LaneReading): void;
  /** Looks at the calendar. */
  look(at: string): void;
  readonly maintenanceUntil: string | undefined;
}

export interface StandingNeeds {
  readonly lane: () => Lane;
  readonly name: string;
  readonly me: string;
  readonly link: LaneLink;
  readonly log: Log;
  readonly now: () => number;
  readonly maintenance: Maintenance;
  readonly onLane: (event: LaneEvent) => void;
  /** What is known here is not true any more. */
  readonly readAgain: () => void;
  readonly isDead: () => boolean;
}

export function createLaneStanding(needs: StandingNeeds): LaneStanding {
  const { lane, name, me, link, log, now } = needs;
  let revision = -1;
  /** News on their way: what is read meanwhile may be older. */
  let writing = 0;
  let last: Promise<void> = Promise.resolve();
  let isPaused = false;
  let maintenanceUntil: string | undefined;

  function hold(): void {
    const wasHeld = lane().isHeld;
    lane().isHeld = isPaused || maintenanceUntil !== undefined;
    if (wasHeld && !lane().isHeld) lane().pump();
  }

  async function shut({ forMs, coolMs, isAsked }: Extract<BreakerNews, { kind: 'shut' }>): Promise<void> {
    const because = isAsked ? 'it asked for a pause, or a probe failed' : 'several calls in a row failed';
    const [row] = await link.query<{ revision: number; first: boolean }>(shutLane, [
      name,
      me,
      because,
      forMs,
      coolMs,
      isAsked,
    ]);
    if (row === undefined) return;
    revision = row.revision;
    if (row.first) needs.onLane({ lane: name, what: 'opened', because });
  }

  async function open(): Promise<void> {
    const [row] = await link.query<{ revision: number }>(openLane, [name, me, null]);
    // Somebody was told to wait longer while our call was under way.
    if (row === undefined) return needs.readAgain();
    revision = row.revision;
    lane().breaker.adopt({ leftMs: undefined, coolMs: undefined, isProbed: false, isNews: true }, now());
    needs.onLane({ lane: name, what: 'closed', because: 'a call got through' });
    lane().pump();
  }

  async function write(news: BreakerNews): Promise<void> {
    for (let round = 0; !needs.isDead(); round += 1) {
      try {
        await (news.kind === 'shut' ? shut(news) : open());
        void link.notify();
        return;
      } catch (thrown) {
        log('lane-news-not-written', { lane: name, news: news.kind, message: String(thrown) });
        await patience(round);
      }
    }
  }

  return {
    tell: (news) => {
      writing += 1;
      last = last.then(async () => {
        await write(news);
        writing -= 1;
        if (writing === 0) lane().pump();
      });
    },
    askForProbe: async () => {
      await last;
      const [row] = await link.query<{ revision: number }>(askForProbe, [name, me, revision]);
      if (row) revision = row.revision;
      else needs.readAgain();
      return row !== undefined;
    },
    adopt: (reading) => {
      isPaused = reading.pausedBy !== null;
      hold();
      if (writing > 0 || reading.revision < revision) return;
      const isNews = reading.revision !== revision;
      revision = reading.revision;
      const { breaker, queue } = lane();
      const isOurs = reading.probe === me;
      if (breaker.hasUnusedRight && !isOurs) breaker.rightGone();
      breaker.adopt(
        {
          leftMs: reading.leftMs ?? undefined,
          coolMs: reading.coolMs ?? undefined,
          isProbed: reading.probe !== null && !isOurs,
          isNews,
        },
        now(),
      );
      if (breaker.hasUnusedRight && queue.ready === 0) {
        breaker.rightGone();
        link.query(giveProbeBack, [name, me]).then(
          () => link.notify(),
          (thrown: unknown) => log('probe-not-given-back', { lane: name, message: String(thrown) }),
        );
      }
    },
    look: (at) => {
      maintenanceUntil = needs.maintenance(at);
      hold();
    },
    get maintenanceUntil() {
      return maintenanceUntil;
    },
  };
}
