import { describe, expect, it } from 'vitest';
import { memoize } from './partner-document.js';

describe('remember', () => {
  const count = () => {
    const made: number[] = [];
    const find = memoize(
      (key: number) => {
        made.push(key);
        return { key };
      },
      (key) => String(key),
    );
    return { made, find };
  };

  it('makes a value once', () => {
    const { made, find } = count();
    expect(find(1)).toBe(find(1));
    expect(made).toEqual([1]);
  });

  it('drops the values that were least recently used', () => {
    const { made, find } = count();
    for (let key = 0; key < 1_000; key++) find(key);
    find(999);
    find(0);
    expect(made).toHaveLength(1_001);
  });
});
