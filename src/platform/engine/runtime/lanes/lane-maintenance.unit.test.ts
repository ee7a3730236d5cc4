import { describe, expect, test } from 'vitest';
import { createMaintenance, type MaintenanceWindow, maintenanceFailures } from './lane-maintenance.ts';

const nightly: MaintenanceWindow = { days: ['saturday'], from: '22:00', to: '02:00', timeZone: 'Europe/London' };

describe('a maintenance window', () => {
  test('holds in local time, over midnight', () => {
    const until = createMaintenance([nightly]);
    // Saturday, 4 July 2026, in summer time.
    expect(until('2026-07-04T20:59:59.000Z')).toBeUndefined();
    expect(until('2026-07-04T21:00:00.000Z')).toBe('2026-07-05T01:00:00.000Z');
    expect(until('2026-07-05T00:59:59.000Z')).toBe('2026-07-05T01:00:00.000Z');
    expect(until('2026-07-05T01:00:00.000Z')).toBeUndefined();
  });

  test('lasts an hour longer in the night in which clocks are put back', () => {
    const until = createMaintenance([nightly]);
    expect(until('2026-10-24T21:00:00.000Z')).toBe('2026-10-25T02:00:00.000Z');
  });

  test('that follows another at once is one with it', () => {
    const until = createMaintenance([
      { days: ['monday'], from: '20:00', to: '24:00', timeZone: 'UTC' },
      { days: ['tuesday'], from: '00:00', to: '03:00', timeZone: 'UTC' },
    ]);
    expect(until('2026-07-06T21:00:00.000Z')).toBe('2026-07-07T03:00:00.000Z');
  });

  test('that never ends is told as long', () => {
    const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
    const until = createMaintenance([{ days, from: '00:00', to: '24:00', timeZone: 'UTC' }]);
    expect(Date.parse(until('2026-07-06T21:00:00.000Z') ?? '')).toBeGreaterThan(Date.parse('2026-07-13'));
  });

  test('that cannot be read names what is wrong', () => {
    const wrong = [
      { ...nightly, from: '25:00' },
      { ...nightly, timeZone: 'Mars/Base' },
    ];
    expect(maintenanceFailures(wrong)).toEqual([
      { path: '/0/from', message: expect.stringContaining('25:00 to 02:00') },
      { path: '/1/timeZone', message: expect.stringContaining('Mars/Base') },
    ]);
    expect(maintenanceFailures([nightly])).toEqual([]);
    expect(() => createMaintenance(wrong)).toThrow('25:00 to 02:00 is no stretch of time');
  });
});
