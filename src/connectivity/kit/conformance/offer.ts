import { describe, expect, test } from 'vitest';
import type { Connection } from '../connector.ts';
import { settingsOf } from './declaration.ts';
import { createStages } from './stage.ts';
import type { Stage, Subject } from './subject.ts';

const offered = ({ capabilities }: Connection): readonly string[] =>
  Object.entries(capabilities)
    .flatMap(([capability, verbs]) => Object.keys(verbs).map((verb) => `${capability}.${verb}`))
    .sort();

const probed = ({ reads, writes }: Stage): ReadonlySet<string> =>
  new Set([...reads.map(({ verb }) => verb), ...writes.map(({ verb }) => verb)]);

/** What a connection offers is what its manifest says, and every verb that changes something is under this suite. */
export function describeOffer(subject: Subject): void {
  const open = createStages(subject);

  describe('offers', () => {
    test('exactly the verbs that its manifest classifies', async () => {
      const { connection } = await open();
      const { verbs } = subject.connector.manifest(settingsOf(subject));
      const classified = Object.entries(verbs).flatMap(([capability, named]) =>
        Object.keys(named).map((verb) => `${capability}.${verb}`),
      );
      expect(offered(connection)).toEqual(classified.sort());
    });

    test('a probe for every verb that changes something, and a way to ask for every searchable one', async () => {
      const stage = await open();
      const { verbs } = subject.connector.manifest(settingsOf(subject));
      for (const [capability, named] of Object.entries(verbs)) {
        for (const [verb, { class: effect }] of Object.entries(named)) {
          const name = `${capability}.${verb}`;
          if (effect !== 'read') expect(probed(stage), name).toContain(name);
          const write = stage.writes.find((probe) => probe.verb === name);
          if (effect === 'searchable') expect(write?.find, `${name} is searchable: how is it found?`).toBeDefined();
        }
      }
    });

    test('feeds with names of their own, a rhythm, and a probe for each', async () => {
      const { connection, feeds } = await open();
      const names = connection.feeds.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(feeds.map(({ feed }) => feed).sort()).toEqual([...names].sort());
      for (const { sync } of connection.feeds) {
        expect(sync.rhythmMs).toBeGreaterThan(0);
        expect(sync.latencyTargetMs).toBeGreaterThanOrEqual(0);
      }
    });
  });
}
