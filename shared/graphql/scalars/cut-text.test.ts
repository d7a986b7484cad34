import { describe, expect, it } from 'vitest';
import { cutText } from './cut-text.js';

describe('cutText', () => {
  it('leaves a short text unchanged, and cuts a longer one with a sign', () => {
    expect(cutText('abcde', 5)).toBe('abcde');
    expect(cutText('abcdef', 5)).toBe('abcd…');
  });

  it('never splits a character', () => {
    for (let most = 1; most < 12; most += 1) {
      const cut = cutText('a😀'.repeat(10), most);
      // It throws for half a surrogate pair.
      expect(decodeURIComponent(encodeURIComponent(cut))).toBe(cut);
      expect(cut.length).toBeLessThanOrEqual(most);
    }
  });
});
