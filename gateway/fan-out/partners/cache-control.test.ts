import { describe, expect, it } from 'vitest';
import { estimateMemory, readFreshSeconds } from './cache-control.js';

const secondsOf = (control: string | string[] | undefined, more: Record<string, string> = {}) =>
  readFreshSeconds({ 'cache-control': control, ...more });

describe('readFreshSeconds', () => {
  it.each([
    ['public, max-age=60', 60],
    ['max-age=60, public', 60],
    ['Public,MAX-AGE=60 , must-revalidate', 60],
    ['public, max-age=60, s-maxage=10', 10],
    ['public, max-age=0, s-maxage=60', 60],
    ['public, max-age=5, max-age=60', 5],
    ['public, max-age=31536000', 300],
  ])('allows “%s” to be cached for %i seconds', (control, seconds) => {
    expect(secondsOf(control)).toBe(seconds);
  });

  it.each([
    undefined,
    '',
    'no-store',
    'public',
    'max-age=60',
    'private, max-age=60',
    'public, private, max-age=60',
    'public, max-age=60, no-store',
    'public, max-age=60, no-cache',
    'public, max-age=0',
    'public, max-age=-1',
    'public, max-age=1e9',
    'public, max-age="60"',
    'public, max-age=60, s-maxage=0',
    'x="1, public, max-age=60"',
    ['public, max-age=60', 'no-store'],
  ])('allows nothing else to be cached: %j', (control) => {
    expect(secondsOf(control)).toBeUndefined();
  });

  it('subtracts the age of a response', () => {
    expect(secondsOf('public, max-age=60', { age: '45' })).toBe(15);
    expect(secondsOf('public, max-age=60', { age: '60' })).toBeUndefined();
    expect(secondsOf('public, max-age=60', { age: 'old' })).toBeUndefined();
  });

  it('caches nothing that varies with everything', () => {
    expect(secondsOf('public, max-age=60', { vary: 'Accept' })).toBe(60);
    expect(secondsOf('public, max-age=60', { vary: '*' })).toBeUndefined();
    expect(secondsOf('public, max-age=60', { vary: 'Accept, *' })).toBeUndefined();
  });
});

describe('estimateMemory', () => {
  it('counts the memory of empty objects and lists, though they are short', () => {
    const bare = estimateMemory(Buffer.from('"abcdefgh"'));
    expect(estimateMemory(Buffer.from('[{},{},[]]'))).toBe(bare + 4 * 64);
  });
});
