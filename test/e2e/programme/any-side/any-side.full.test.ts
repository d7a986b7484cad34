import { describe, expect, it } from 'vitest';
import { Story } from '../both-ways/story.js';
import { balticJourney } from './baltic-journey.js';
import { balticPeople } from './baltic-people.js';
import { balticWeek } from './baltic-week.js';
import { evaluation } from './evaluation.js';
import { iceland } from './iceland.js';
import { plan } from './plan.js';

/** A programme on real bodies and open offices alone, from its plan to its signed evaluation. */
const chapters = [plan, balticPeople, balticWeek, balticJourney, iceland, evaluation];

describe('a programme from any side to any side, on the facts alone', () => {
  it('takes more than 100 steps', { timeout: 600_000 }, async () => {
    await using story = await Story.open('2031-01-02');
    for (const chapter of chapters) await story.tell(chapter);
    expect(story.steps).toBeGreaterThan(100);
  });
});
