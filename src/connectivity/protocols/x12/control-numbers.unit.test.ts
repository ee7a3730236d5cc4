import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createControlNumbers } from './control-numbers.ts';

test('control numbers are remembered exactly, in whatever order they come', () => {
  const control = fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((number) => String(number).padStart(4, '0')),
    fc.constantFrom('00001', '1', 'A001', '', '999999999'),
  );
  fc.assert(
    fc.property(fc.array(control, { maxLength: 60 }), (controls) => {
      const numbers = createControlNumbers();
      const seen = new Set<string>();
      for (const each of controls) {
        expect(numbers.has(each), each).toBe(seen.has(each));
        numbers.add(each);
        seen.add(each);
      }
    }),
  );
});
