import type { TSchema } from 'typebox';
import { describe, expect, test } from 'vitest';
import { isSecret } from '../secret.ts';
import { readSettings } from '../settings.ts';
import { itemsOf, membersOf, propertiesOf } from '../settings-schema.ts';
import type { Subject } from './subject.ts';

const soundsSecret = /secret|password|passphrase|token|private.?key|api.?key/i;

interface Found {
  readonly path: string;
  readonly schema: TSchema;
}

/** Every schema inside a schema, with its path. */
function everySchema(schema: TSchema, path = ''): readonly Found[] {
  const properties = Object.entries(propertiesOf(schema) ?? {});
  const items = itemsOf(schema);
  return [
    { path, schema },
    ...properties.flatMap(([name, part]) => everySchema(part, `${path}/${name}`)),
    ...(membersOf(schema) ?? []).flatMap((member) => everySchema(member, path)),
    ...(items === undefined ? [] : everySchema(items, `${path}/*`)),
  ];
}

const resolve = () => 'a secret value';

function settingsOf({ connector, settings }: Subject) {
  const read = readSettings(connector.settings, settings, resolve);
  if (!read.ok) throw new Error(`the subject's settings are wrong: ${JSON.stringify(read.failures)}`);
  return read.value;
}

/** The tests of what a connector says of itself; they open nothing. */
export function describeDeclaration(subject: Subject): void {
  const { connector } = subject;

  describe('declares', () => {
    test('a name in kebab-case', () => {
      expect(connector.name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    });

    test('settings that are closed at every level', () => {
      const open = everySchema(connector.settings)
        .filter(({ schema }) => propertiesOf(schema) !== undefined)
        .filter(({ schema }) => (schema as { additionalProperties?: unknown }).additionalProperties !== false);
      expect(open.map(({ path }) => path)).toEqual([]);
      expect(readSettings(connector.settings, { ...subject.settings, colour: 'red' }, resolve)).toMatchObject({
        ok: false,
        failures: [{ path: '/colour' }],
      });
    });

    test('as secret everything that sounds like one', () => {
      const bare = everySchema(connector.settings)
        .filter(({ path, schema }) => soundsSecret.test(path.split('/').at(-1) ?? '') && !isSecret(schema))
        .filter(({ schema }) => propertiesOf(schema) === undefined && membersOf(schema) === undefined);
      expect(bare.map(({ path }) => path)).toEqual([]);
    });

    test('a manifest with a known class for every verb, a lane with room, and traits that are data', () => {
      const manifest = connector.manifest(settingsOf(subject));
      for (const [capability, verbs] of Object.entries(manifest.verbs)) {
        for (const [verb, declared] of Object.entries(verbs)) {
          expect(['read', 'keyed', 'searchable', 'blind'], `${capability}.${verb}`).toContain(declared.class);
          expect(declared.lateCommitMs ?? 0, `${capability}.${verb}`).toBeGreaterThanOrEqual(0);
        }
      }
      expect(manifest.lane.concurrency).toBeGreaterThanOrEqual(1);
      expect(manifest.lane.perSecond ?? 1).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(manifest.traits))).toEqual(manifest.traits);
    });
  });
}

export { settingsOf };
