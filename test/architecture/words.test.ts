import { describe, expect, it } from 'vitest';
import { readFile } from './read-tree.js';

describe('.cspell-words.txt', () => {
  it('is sorted, and has each word once', () => {
    const words = readFile('.cspell-words.txt').trimEnd().split('\n');
    const keys = words.map((word) => word.toLowerCase());
    expect(keys).toEqual([...new Set(keys)].sort());
  });
});
