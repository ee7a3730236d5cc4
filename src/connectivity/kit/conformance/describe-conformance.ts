import { describe } from 'vitest';
import { describeDeclaration } from './declaration.ts';
import { describeFeeds } from './feeds.ts';
import { describeOffer } from './offer.ts';
import type { Subject } from './subject.ts';
import { describeTrouble } from './trouble.ts';
import { describeWrites } from './writes.ts';

/**
 * The suite that every connector must pass, against a system that can be provoked. A connector has one file for it:
 *
 * @example
 * // connectors/example/conformance.int.test.ts
 * describeConformance({
 *   name: 'example against its simulator',
 *   connector: example,
 *   settings: { url: 'https://example.test', key: { env: 'EXAMPLE_KEY' } },
 *   open: openStage, // starts a simulator, connects, and says how to provoke it
 * });
 */
export function describeConformance(subject: Subject): void {
  describe(`conformance: ${subject.name}`, () => {
    describeDeclaration(subject);
    describeOffer(subject);
    describeFeeds(subject);
    describeWrites(subject);
    describeTrouble(subject);
  });
}
