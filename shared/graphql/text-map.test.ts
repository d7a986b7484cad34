import { describe, expect, it } from 'vitest';
import { TextMap } from './text-map.js';

describe('TextMap', () => {
  it('forgets what was asked for longest ago, when its texts are too long together', () => {
    const map = new TextMap<{ of: string }>(6);
    for (const text of ['aa', 'bb', 'cc']) map.set(text, { of: text });
    expect(map.get('aa')).toEqual({ of: 'aa' });
    map.set('dd', { of: 'dd' });
    expect(['aa', 'bb', 'cc', 'dd'].filter((text) => map.get(text))).toEqual(['aa', 'cc', 'dd']);
    map.set('dd', { of: 'another' });
    expect(map.get('dd')).toEqual({ of: 'another' });
    expect(map.get('aa')).toEqual({ of: 'aa' });
  });

  it('counts what it is told to count', () => {
    const map = new TextMap<{ of: string }>(6, ({ of }) => of.length);
    map.set('a', { of: 'three' });
    map.set('b', { of: 'two' });
    expect(map.get('a')).toBeUndefined();
    map.set('b', { of: '' });
    map.set('c', { of: 'sixsix' });
    expect(map.get('b')).toEqual({ of: '' });
  });

  it('keeps nothing that is too long by itself', () => {
    const map = new TextMap<object>(2);
    map.set('a', {});
    map.set('long', {});
    expect([map.get('a') !== undefined, map.get('long')]).toEqual([true, undefined]);
  });
});
