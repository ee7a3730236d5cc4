import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeConformance } from './describe-conformance.ts';
import { type Defect, defects } from './testing/paper-connector.ts';
import { paperSubject } from './testing/paper-subject.ts';

describeConformance(paperSubject());

/** The tests of the suite that must fail for each defect: at least this one. */
const noticed: Readonly<Record<Defect, RegExp>> = {
  'settings stay open': /settings that are closed/,
  'the password is no secret': /as secret everything/,
  'a verb is not classified': /exactly the verbs/,
  'every sending is done again': /the same key sent again/,
  'a lost answer is called transient': /a lost answer is ambiguous/,
  'a garbled answer is called done': /cannot be read \(html\) is no success/,
  'a garbled page is called empty': /cannot be read \(html\) is transient/,
  'the time to wait is not told': /a rate limit/,
  'an outage is no fault': /an outage/,
  'everybody signs in anew': /credentials that died/,
  'ids change from reading to reading': /the same ids/,
  'the first of each page is lost': /page by page/,
  'what is ahead of our clock does not come': /two days behind/,
};

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** Titles of the tests that failed, by defect. */
function runDefective(): Promise<ReadonlyMap<string, readonly string[]>> {
  const program = fileURLToPath(new URL('testing/run-defective.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program], { maxBuffer: 64_000_000 }, (_, out, complaints) => {
      try {
        const report = JSON.parse(out.slice(out.indexOf('{'))) as Report;
        const failed = report.testResults
          .flatMap(({ assertionResults }) => assertionResults)
          .filter(({ status }) => status === 'failed');
        const byDefect = defects.map((defect): [string, string[]] => [
          defect,
          failed
            .filter(({ ancestorTitles }) => ancestorTitles.includes(`conformance: ${defect}`))
            .map(({ title }) => title),
        ]);
        resolve(new Map(byDefect));
      } catch (thrown) {
        reject(new Error(`the defective connectors could not be run: ${complaints.slice(-2_000)}`, { cause: thrown }));
      }
    });
  });
}

describe('the suite', () => {
  test('notices every defect that it is there for', async () => {
    const failed = await runDefective();
    for (const defect of defects) expect(failed.get(defect)?.join('\n'), defect).toMatch(noticed[defect]);
  });
});
