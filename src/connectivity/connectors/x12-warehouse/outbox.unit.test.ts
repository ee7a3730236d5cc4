import { describe, expect, test } from 'vitest';
import type { Sftp } from '#connectivity/protocols/sftp';
import { controlNumber, createOutbox, type OutgoingDocument } from './outbox.ts';
import { settingsFor } from './testing.ts';

const { folders } = settingsFor();
const signal = AbortSignal.timeout(5_000);

/** A server with nothing but a map of files. */
function shelf(files = new Map<string, Buffer>()) {
  const unused = () => Promise.reject(new Error('not used here'));
  const sftp: Sftp = {
    ...{ list: unused, stat: unused, move: unused, close: async () => undefined },
    get: async (path) => files.get(path),
    put: async (path, content, options) => {
      if ((await options?.unless?.()) === true || files.has(path)) return 'exists';
      files.set(path, Buffer.from(content));
      return 'written';
    },
  };
  return { files, outbox: createOutbox(sftp, folders) };
}
const document = (key: string): OutgoingDocument => ({
  key,
  type: '940',
  write: (control) => `${key} under ${control}`,
  isIt: (content) => content.toString().startsWith(`${key} under`),
});
const name = (key: string, place: number) => `940-${controlNumber('940', key, place)}.edi`;

describe('control numbers', () => {
  test('come from the key alone, and each type has its own', () => {
    expect(controlNumber('940', 'a:1', 0)).toBe(controlNumber('940', 'a:1', 0));
    expect(controlNumber('940', 'a:1', 0)).not.toBe(controlNumber('940', 'a:2', 0));
    for (let turn = 0; turn < 200; turn += 1) {
      const order = Number(controlNumber('940', 'key', turn));
      const receipt = Number(controlNumber('997', 'key', turn));
      expect(order).toBeGreaterThanOrEqual(100_000_000);
      expect(order).toBeLessThan(900_000_000);
      expect(receipt).toBeGreaterThanOrEqual(900_000_000);
      expect(receipt).toBeLessThan(1_000_000_000);
    }
  });
});

describe('the outbox', () => {
  test('puts a document in its place, once', async () => {
    const { files, outbox } = shelf();
    expect(await outbox.find(document('a'), signal)).toBeUndefined();
    expect(await outbox.place(document('a'), signal)).toBe(name('a', 0));
    expect(await outbox.place(document('a'), signal)).toBe(name('a', 0));
    expect([...files.keys()]).toEqual([`in/${name('a', 0)}`]);
    expect(await outbox.find(document('a'), signal)).toBe(name('a', 0));
    expect((await outbox.content('940', controlNumber('940', 'a', 0), signal))?.toString()).toContain('a under');
  });

  test('passes over places that another document holds, in the folder or its archive', async () => {
    const { files, outbox } = shelf(
      new Map([
        [`in/${name('a', 0)}`, Buffer.from('b under x')],
        [`in/archive/${name('a', 1)}`, Buffer.from('c under x')],
      ]),
    );
    expect(await outbox.find(document('a'), signal)).toBeUndefined();
    expect(await outbox.place(document('a'), signal)).toBe(name('a', 2));
    expect(files.size).toBe(3);
    expect(await outbox.find(document('a'), signal)).toBe(name('a', 2));
    expect(await outbox.place(document('a'), signal)).toBe(name('a', 2));
  });

  test('finds what the warehouse has archived', async () => {
    const { files, outbox } = shelf(new Map([[`in/archive/${name('a', 0)}`, Buffer.from('a under x')]]));
    expect(await outbox.place(document('a'), signal)).toBe(name('a', 0));
    expect(files.size).toBe(1);
  });

  test('says so when every place is taken', async () => {
    const taken = Array.from({ length: 64 }, (_, place) => [`in/${name('a', place)}`, Buffer.from('z')] as const);
    const { outbox } = shelf(new Map(taken));
    const wanted = { kind: 'permanent', code: 'control-numbers-used-up' };
    await expect(outbox.place(document('a'), signal)).rejects.toMatchObject(wanted);
    await expect(outbox.find(document('a'), signal)).rejects.toMatchObject(wanted);
  });
});
