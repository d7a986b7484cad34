import { describe, expect, it } from 'vitest';
import { readFreshSeconds, weighAnswer } from './cache-control.js';

const secondsOf = (control: string | string[] | undefined, more: Record<string, string> = {}) =>
  readFreshSeconds({ 'cache-control': control, ...more });

describe('readFreshSeconds', () => {
  it.each([
    ['public, max-age=60', 60],
    ['max-age=60, public', 60],
    ['Public,MAX-AGE=60 , must-revalidate', 60],
    ['public, max-age=60, s-maxage=10', 10],
    ['public, max-age=31536000', 300],
  ])('lets what says “%s” be kept %i seconds', (control, seconds) => {
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
    ['public, max-age=60', 'no-store'],
  ])('lets nothing else be kept: %j', (control) => {
    expect(secondsOf(control)).toBeUndefined();
  });

  it('takes off the age that an answer has already', () => {
    expect(secondsOf('public, max-age=60', { age: '45' })).toBe(15);
    expect(secondsOf('public, max-age=60', { age: '60' })).toBeUndefined();
    expect(secondsOf('public, max-age=60', { age: 'old' })).toBeUndefined();
  });

  it('keeps nothing that varies with everything', () => {
    expect(secondsOf('public, max-age=60', { vary: 'Accept' })).toBe(60);
    expect(secondsOf('public, max-age=60', { vary: '*' })).toBeUndefined();
  });
});

describe('weighAnswer', () => {
  it('counts what empty objects and lists take, though they are short', () => {
    const bare = weighAnswer(Buffer.from('"abcdefgh"'));
    expect(weighAnswer(Buffer.from('[{},{},[]]'))).toBe(bare + 4 * 64);
  });
});
