import { describe, expect, it } from 'vitest';
import { cutText } from './cut-text.js';

describe('cutText', () => {
  it('leaves a text that is short enough, and makes a longer one end with a sign', () => {
    expect(cutText('abcde', 5)).toBe('abcde');
    expect(cutText('abcdef', 5)).toBe('abcd…');
  });

  it('never leaves half of a character', () => {
    for (let most = 1; most < 12; most += 1) {
      const cut = cutText('a😀'.repeat(10), most);
      // It throws for half of a character.
      expect(decodeURIComponent(encodeURIComponent(cut))).toBe(cut);
      expect(cut.length).toBeLessThanOrEqual(most);
    }
  });
});
