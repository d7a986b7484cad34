import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createJudgingMarker } from './judging-marker.js';

describe('the mark of a judgement', () => {
  it('condemns a schema whose judgement was cut off twice, and no other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-judging-'));
    const path = join(folder, 'judging.json');
    try {
      await createJudgingMarker(path).begin('a');
      const second = createJudgingMarker(path);
      expect(second.isEndless('a')).toBe(false);
      await second.begin('a');
      const third = createJudgingMarker(path);
      expect(third.isEndless('a')).toBe(true);
      expect(third.isEndless('b')).toBe(false);
      await third.begin('b');
      await third.end();
      expect(createJudgingMarker(path).isEndless('a')).toBe(false);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
