import { describe, expect, test } from 'vitest';
import { readSettings } from '#connectivity/kit';
import { x12Warehouse } from './connector.ts';
import { sftpSettings, WarehouseSettings } from './settings.ts';
import { rawSettings, settingsFor } from './testing.ts';

const failuresOf = (changes: object) => {
  const read = readSettings(WarehouseSettings, { ...rawSettings, ...changes }, () => 'secret');
  return read.ok ? [] : read.failures.map(({ path }) => path);
};

describe('settings of a warehouse', () => {
  test('have defaults', () => {
    expect(settingsFor()).toMatchObject({
      usage: 'P',
      folders: { in: 'in', inArchive: 'in/archive', out: 'out', outArchive: 'out/archive' },
      us: { qualifier: 'ZZ' },
      incompleteAfterMs: 60_000,
      concurrency: 8,
    });
    expect(x12Warehouse.manifest(settingsFor())).toMatchObject({
      verbs: { fulfilment: { release: { class: 'searchable', lateCommitMs: 2_000 }, findRelease: { class: 'read' } } },
      traits: { milestones: ['shipped'], cancellation: 'verdict' },
    });
  });

  test.each([
    [{ hostKey: 'MD5:aa' }, ['/hostKey']],
    [{ us: { interchangeId: 'A*B', groupId: 'AB' } }, ['/us/interchangeId']],
    [{ them: { interchangeId: 'A', groupId: 'A' } }, ['/them/groupId']],
    [{ folders: { in: 'in/' } }, ['/folders/in']],
    [{ usage: 'X' }, ['/usage']],
    [{ password: 'in clear' }, ['/password']],
  ])('%j is refused by its path', (changes, paths) => {
    expect(new Set(failuresOf(changes))).toEqual(new Set(paths));
  });

  test('ask for exactly one of password and private key', () => {
    const both = settingsFor({ privateKey: { env: 'KEY' } });
    const { password: _, ...neither } = settingsFor();
    for (const settings of [both, neither as typeof both]) {
      expect(() => sftpSettings(settings)).toThrow(/exactly one of the settings password and privateKey/);
    }
  });
});
