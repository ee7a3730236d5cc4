import { beforeAll, describe, expect, test, vi } from 'vitest';
import { exactHit } from './exact-hit.ts';

describe('the order that was meant by a number', () => {
  const order = (orderNumber: string, value?: string) => ({
    orderNumber,
    ...(value === undefined ? {} : { matched: { kind: 'invoice', value } }),
  });
  test('is the one whose number it is, in whichever case it is written', () =>
    expect(exactHit([order('SO-1', 'SO-1'), order('SO-10', 'SO-10')], 'so-1')?.orderNumber).toBe('SO-1'));
  test('is the one that another system has under it', () =>
    expect(exactHit([order('SO-7', 'INV-3')], 'INV-3')?.orderNumber).toBe('SO-7'));
  test('is nobody’s when it is only a beginning, or two have it', () => {
    expect(exactHit([order('SO-10', 'SO-10')], 'SO-1')).toBeUndefined();
    expect(exactHit([order('SO-1', 'PO-9'), order('SO-2', 'PO-9')], 'PO-9')).toBeUndefined();
    expect(exactHit([], 'SO-1')).toBeUndefined();
  });
});

describe('the place to return to after signing in', () => {
  let placeToReturnTo: (then: string | undefined) => string;
  beforeAll(async () => {
    vi.stubGlobal('document', undefined);
    ({ placeToReturnTo } = await import('./sign-in-again.ts'));
  });
  test('is where one was', () => expect(placeToReturnTo('/orders?state=held')).toBe('/orders?state=held'));
  test.each([undefined, '', '//evil.example', '/\\evil.example', 'https://evil.example', '/sign-in', 'javascript:1'])(
    'is today for %s',
    (then) => expect(placeToReturnTo(then)).toBe('/'),
  );
});
