import { describe, expect, test } from 'vitest';
import { CallScript, createScripts, meansCall } from './scripts.ts';

describe('scripts', () => {
  test('show themselves as often as they are told, to the call that they mean', () => {
    const scripts = createScripts(CallScript);
    scripts.add([{ on: 'PATCH Opportunity', text: '100001', behaviour: 'lose-answer', times: 2 }]);
    const take = (on: string, text: string) => scripts.take((script) => meansCall(script, on, [text]))?.behaviour;
    expect(take('PATCH Account', 'order 100001')).toBeUndefined();
    expect(take('PATCH Opportunity', 'order 100002')).toBeUndefined();
    expect(take('PATCH Opportunity', 'order 100001')).toBe('lose-answer');
    expect(take('PATCH Opportunity', 'order 100001')).toBe('lose-answer');
    expect(take('PATCH Opportunity', 'order 100001')).toBeUndefined();
    expect(scripts.list()).toMatchObject([{ times: 2, fired: 2 }]);
  });

  test('without a text mean every such call, once', () => {
    const scripts = createScripts(CallScript);
    scripts.add([{ on: 'query', behaviour: 'html-200' }]);
    expect(scripts.take((script) => meansCall(script, 'query', []))).toMatchObject({ behaviour: 'html-200' });
    expect(scripts.take((script) => meansCall(script, 'query', []))).toBeUndefined();
  });

  test('that are wrong are refused by place and member, and none is added', () => {
    const scripts = createScripts(CallScript);
    const good = { on: 'query', behaviour: 'truncate' };
    expect(() => scripts.add([good, { on: 'query', behaviour: 'explode' }])).toThrow(/\/1\/behaviour/);
    expect(() => scripts.add([good, { ...good, tims: 2 }])).toThrow(/\/1\/tims: is not known here/);
    expect(() => scripts.add([{ ...good, times: 0 }])).toThrow(/\/0\/times/);
    expect(() => scripts.add(good)).toThrow(/must be array/);
    expect(scripts.list()).toEqual([]);
  });
});
