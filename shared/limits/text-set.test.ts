import { describe, expect, it } from 'vitest';
import { TextSet } from './text-set.js';

describe('TextSet', () => {
  it('forgets the oldest texts, and takes none that is too long by itself', () => {
    const texts = new TextSet(10);
    for (const text of ['aaaa', 'bbbb', 'bbbb', 'cccc', 'd'.repeat(11)]) texts.add(text);
    expect(['aaaa', 'bbbb', 'cccc', 'd'.repeat(11)].map((text) => texts.has(text))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
