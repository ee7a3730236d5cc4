import { describe, expect, test } from 'vitest';
import { decide } from './desk.ts';

const held = (...kinds: string[]) => ({
  orderNumber: '1',
  state: 'held',
  holds: kinds.map((kind) => ({ hold: kind, kind })),
});
const inState = (state: string) => ({ orderNumber: '1', state, holds: [] });
const none = new Set<string>();

describe('what people decide', () => {
  test('a price is agreed again and released, once', () => {
    expect(decide(held('price'), undefined, none)).toMatchObject({ do: 'release', hold: 'price' });
    expect(decide(held('price'), undefined, new Set(['release price']))).toEqual({ do: 'wait' });
  });

  test('credit is released, left alone or the order cancelled, as planned', () => {
    expect(decide(held('credit'), 'credit-released', none)).toMatchObject({ do: 'release', hold: 'credit' });
    expect(decide(held('credit'), 'credit-never-released', none)).toEqual({ do: 'nothing-more' });
    expect(decide(held('credit'), 'cancelled-while-held', none)).toMatchObject({ do: 'cancel' });
    expect(decide(held('credit'), undefined, none)).toEqual({ do: 'wait' });
  });

  test('the second order under one number is sent while the first is held, and cancelled', () => {
    expect(decide(held('price'), 'duplicate-purchase-order', none)).toEqual({ do: 'submit-twin' });
    expect(decide(held('price'), 'duplicate-purchase-order', new Set(['submit-twin']))).toMatchObject({
      do: 'release',
    });
    expect(decide(held('price', 'duplicate'), 'twin', none)).toMatchObject({ do: 'cancel' });
    expect(decide(held('price'), 'twin', none)).toEqual({ do: 'wait' });
  });

  test('the rest is done without, and a cancellation comes once the warehouse has it', () => {
    expect(decide(inState('awaiting-remainder'), undefined, none)).toMatchObject({ do: 'cancel' });
    expect(decide(inState('awaiting-stock'), 'stock-ship-complete', none)).toMatchObject({ do: 'cancel' });
    expect(decide(inState('fulfilling'), 'cancellation-accepted', none)).toMatchObject({ do: 'cancel' });
    expect(decide(inState('fulfilling'), 'cancellation-refused', new Set(['cancel']))).toEqual({ do: 'wait' });
    expect(decide(inState('fulfilling'), undefined, none)).toEqual({ do: 'wait' });
    expect(decide(inState('completed'), undefined, none)).toEqual({ do: 'nothing-more' });
  });
});
