import type { Scenario } from '../kit/scenario.ts';
import { s01 } from './s01-killed-after-the-write.ts';
import { s02 } from './s02-killed-at-every-boundary.ts';
import { s03 } from './s03-500-after-committing.ts';
import { s04 } from './s04-commits-after-the-timeout.ts';
import { s05 } from './s05-spoilt-answers.ts';
import { s06 } from './s06-fifty-at-once.ts';
import { s07 } from './s07-key-store-forgets.ts';
import { s08 } from './s08-compensation-interrupted.ts';
import { s09 } from './s09-owner-stands-still.ts';
import { s10 } from './s10-more-orders-than-stock.ts';
import { s11 } from './s11-reported-five-times.ts';
import { s12 } from './s12-reported-at-the-wrong-time.ts';
import { s13 } from './s13-flood.ts';
import { s14 } from './s14-poison-at-the-head.ts';
import { s15 } from './s15-redriven-twice-at-once.ts';
import { s16 } from './s16-lower-sequence-late.ts';
import { s17 } from './s17-subscriber-dies-before-its-mark.ts';
import { s18 } from './s18-told-to-wait.ts';
import { s19 } from './s19-erp-is-slow.ts';
import { s20 } from './s20-erp-away-many-waiting.ts';
import { s21 } from './s21-schema-changes-in-flight.ts';
import { s23 } from './s23-credentials-revoked.ts';
import { s24 } from './s24-database-restarts.ts';
import { s25 } from './s25-connections-terminated.ts';
import { s26 } from './s26-commit-answer-lost.ts';
import { s27 } from './s27-cut-from-the-database.ts';
import { s27Packets } from './s27-packets-dropped.ts';
import { s28 } from './s28-disk-full.ts';
import { s29 } from './s29-fsync-slow-or-failing.ts';
import { s30 } from './s30-clocks-jump.ts';
import { s31 } from './s31-blocked-or-out-of-memory.ts';
import { s32 } from './s32-versions-of-flows.ts';
import { s33 } from './s33-migrated-under-load.ts';
import { s34 } from './s34-rolling-restarts.ts';
import { s35 } from './s35-files-in-pieces.ts';
import { s36 } from './s36-edi-gone-wrong.ts';
import { s39 } from './s39-database-restored.ts';

/** The catalogue, as far as it is built. One line a scenario. */
export const scenarios: readonly Scenario[] = [
  s01,
  s02,
  s03,
  s04,
  s05,
  s06,
  s07,
  s08,
  s09,
  s10,
  s11,
  s12,
  s13,
  s14,
  s15,
  s16,
  s17,
  s18,
  s19,
  s20,
  s21,
  s23,
  s24,
  s25,
  s26,
  s27,
  s27Packets,
  s28,
  s29,
  s30,
  s31,
  s34,
  s35,
  s36,
  s39,
  s32,
  s33,
];
