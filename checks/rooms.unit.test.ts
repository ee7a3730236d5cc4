import { describe, expect, test } from 'vitest';
import { checkRooms } from './rooms/check-rooms.ts';
import { lengthReport } from './rooms/length.ts';

/** The messages for a tree of these files. */
const findings = (tree: Record<string, string>) =>
  checkRooms(Object.entries(tree).map(([file, text]) => ({ file, text }))).map(
    ({ file, line, message }) => `${file}:${line} ${message}`,
  );
const kernel = { 'src/model/kernel/index.ts': 'export const a = 1;' };

describe('the rooms', () => {
  test('are content with a tree that keeps the rules', () => {
    expect(
      findings({
        ...kernel,
        'src/model/canonical/index.ts': "export { b } from './b.ts';",
        'src/model/canonical/b.ts': "import { a } from '#model/kernel';\nexport const b = new Date(a);",
        'src/platform/engine/index.ts': "import { a } from '#model/kernel';\nexport const engine = a;",
        'src/platform/engine/runtime/index.ts': "import { engine } from '../index.ts';\nexport const run = engine;",
        'src/platform/engine/runtime/run.int.test.ts': "import { b } from '#platform/storage/testing';\nb;",
        'src/platform/storage/testing/index.ts': 'export const b = 1;',
        'src/main/serve.ts': "import { run } from '#platform/engine/runtime';\nexport const serve = run;",
        'src/connectivity/connectors/tryton/contract/index.ts': 'export const promise = 1;',
        'simulators/erp/contract.int.test.ts':
          "import { promise } from '#connectivity/connectors/tryton/contract';\npromise;",
        'simulators/kit/index.ts': "import { a } from '#model/kernel';\nexport const kit = a;",
        'simulators/crm/main.ts': "import { kit } from '../kit/index.ts';\nexport const crm = kit;",
      }),
    ).toEqual([]);
  });

  test.each([
    [
      'an arrow that goes up',
      'src/model/kernel/b.ts',
      "import { b } from '#model/canonical';",
      /may not import src\/model\/canonical, only nothing/,
    ],
    ['a re-export', 'src/model/kernel/b.ts', "export { b } from '#model/canonical';", /may not import/],
    ['a type', 'src/model/kernel/b.ts', "import type { b } from '#model/canonical';", /may not import/],
    ['an imported type', 'src/model/kernel/b.ts', "export type B = import('#model/canonical').B;", /may not import/],
    ['a dynamic import', 'src/model/kernel/b.ts', "export const b = import('#model/canonical');", /may not import/],
    [
      'a connector that knows another',
      'src/connectivity/connectors/a/x.ts',
      "import { b } from '#connectivity/connectors/b';",
      /may not import/,
    ],
    [
      'a machinery room that knows the business',
      'src/platform/engine/x.ts',
      "import { b } from '#business/flows';",
      /may not import/,
    ],
    [
      'a simulator that shares with a connector',
      'simulators/crm/x.ts',
      "import { b } from '#connectivity/kit';",
      /may not import/,
    ],
    [
      'a way past the door',
      'src/platform/engine/x.ts',
      "import { b } from '#model/kernel/decimal';",
      /past its index.ts/,
    ],
    [
      'a relative way into another room',
      'src/platform/engine/x.ts',
      "import { a } from '../../model/kernel/index.ts';",
      /write #model\/kernel/,
    ],
    [
      'a runtime door',
      'src/business/flows/x.ts',
      "import { b } from '#platform/engine/runtime';",
      /the door "runtime" is for src\/main/,
    ],
    ['a testing door', 'src/main/x.ts', "import { b } from '#platform/storage/testing';", /the door "testing" is for/],
    [
      'a package that is not for it',
      'src/model/kernel/b.ts',
      "import { b } from 'fastify';",
      /may not import the package fastify/,
    ],
    ['a file in no room', 'src/stray.ts', 'export const b = 1;', /is in no room/],
    ['an import of no room', 'src/main/x.ts', "import { b } from '../stray.ts';", /src\/stray.ts is in no room/],
    ['what is no TypeScript', 'src/main/x.ts', 'export const = ;', /cannot be parsed/],
  ])('refuse %s', (_, file, text, message) => {
    const found = findings({ ...kernel, [file]: text });
    expect(found.join('\n')).toMatch(message);
    expect(found[0]).toMatch(new RegExp(`^${file}:1 `));
  });

  test('refuse code that imports test code', () => {
    const helper = { 'src/main/testing.ts': 'export const b = 1;' };
    const text = "import { b } from './testing.ts';\nexport const a = b;";
    expect(findings({ ...helper, 'src/main/a.ts': text })).toEqual([
      expect.stringContaining('only test code may import'),
    ]);
    expect(findings({ ...helper, 'src/main/a.unit.test.ts': text })).toEqual([]);
  });

  test('refuse a circle, also over a type and through a test', () => {
    const circle = findings({
      'src/main/a.ts': "import { b } from './b.ts';\nexport const a = b;",
      'src/main/b.ts': "\nimport type { C } from './c.ts';\nexport const b = 1 as C;",
      'src/main/c.ts': "import { a } from './a.ts';\nexport type C = typeof a;",
    });
    expect(circle).toEqual([
      expect.stringMatching(/circle: src\/main\/a.ts → src\/main\/b.ts → src\/main\/c.ts → src\/main\/a.ts/),
    ]);
    const throughTest = findings({
      'src/main/a.unit.test.ts': "import { b } from './testing.ts';\nexport const a = b;",
      'src/main/testing.ts': "import { a } from './a.unit.test.ts';\nexport const b = a;",
    });
    expect(throughTest.join('\n')).toContain('imports in a circle');
  });

  test.each([
    ["import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ["import { Pool } from 'pg';", 'imports pg'],
    ["export const a = fetch('x');", 'uses fetch'],
    ['export const a = Date.now();', 'uses Date.now'],
    ['export const a = new Date();', 'uses new Date()'],
    ['export const a = Date();', 'uses Date()'],
    ['export const a = Math.random();', 'uses Math.random'],
    ['setTimeout(() => 1, 2);', 'uses setTimeout'],
    ['export const a = process.env;', 'uses process'],
    ['export const a = () => ({ b: [performance.now()] });', 'uses performance'],
  ])('refuse in pure rooms: %s', (text, message) => {
    for (const file of ['src/business/flows/a.ts', 'src/model/messages/a.ts']) {
      expect(findings({ [file]: text }).join('\n')).toContain(`${file}:1 ${message}`);
    }
    expect(findings({ 'src/main/a.ts': text })).toEqual([]);
  });

  test('let the one real clock be, and nobody else’s', () => {
    const clock = 'export const now = () => new Date().toISOString();';
    expect(findings({ 'src/model/kernel/time.ts': clock })).toEqual([]);
    expect(findings({ 'src/model/kernel/clock.ts': clock })).toHaveLength(1);
  });

  test.each(['Tryton', 'salesforce', 'X12', 'sftp'])('refuse %s in business and platform, comments too', (word) => {
    for (const folder of ['src/business/flows', 'src/platform/engine']) {
      expect(findings({ [`${folder}/a.ts`]: `\n// as ${word} does` })).toEqual([
        expect.stringContaining(`${folder}/a.ts:2 says "${word}"`),
      ]);
    }
    expect(findings({ 'src/connectivity/connectors/a/a.ts': `// as ${word} does` })).toEqual([]);
  });

  test('refuse a file of more than 400 lines, and a test of more than 600', () => {
    expect(findings({ 'src/main/a.unit.test.ts': '// line\n'.repeat(600) })).toEqual([]);
    expect(findings({ 'src/main/a.unit.test.ts': '// line\n'.repeat(601) })).toHaveLength(1);
    expect(findings({ 'src/main/a.ts': '// line\n'.repeat(400) })).toEqual([]);
    expect(findings({ 'src/main/a.ts': '// line\n'.repeat(401) })).toEqual([expect.stringContaining('has 401 lines')]);
  });
});

test('the length report leaves tests out', () => {
  const sources = [
    { file: 'a.ts', text: '1\n2\n3\n' },
    { file: 'b.ts', text: '1\n' },
    { file: 'c.ts', text: '1\n2\n' },
    { file: 'c.unit.test.ts', text: '1\n'.repeat(99) },
  ];
  expect(lengthReport(sources)).toMatchObject({ files: 3, median: 2, longest: [{ file: 'a.ts', lines: 3 }, {}, {}] });
});
