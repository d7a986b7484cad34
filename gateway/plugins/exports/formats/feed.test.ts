import { describe, expect, it } from 'vitest';
import { writeFeed } from './feed.js';

const entry = (id: string, more: object = {}) => ({
  id: `nbnp:task/dk/${id}`,
  title: 'Confirm a stop of the visit “A week”.',
  since: null,
  dueOn: null,
  isRehearsal: false,
  about: null,
  ...more,
});

describe('an Atom feed', () => {
  it('has the newest entry first, what is unknown last, and all texts escaped', () => {
    const entries = [
      entry('a'),
      entry('b', { since: '2026-11-01', dueOn: '2026-12-01', about: { name: 'A & <B>' } }),
      entry('c', { since: '2026-11-20', isRehearsal: true }),
    ];
    const text = writeFeed({ feed: { entries } });
    expect([...text.matchAll(/<id>(.*)<\/id>/g)].map(([, id]) => id)).toEqual([
      'urn:hub:tasks',
      'urn:hub:nbnp:task/dk/c',
      'urn:hub:nbnp:task/dk/b',
      'urn:hub:nbnp:task/dk/a',
    ]);
    expect([...text.matchAll(/<title>(.*)<\/title>/g)].map(([, title]) => title)).toEqual([
      'Tasks',
      'Rehearsal: Confirm a stop of the visit “A week”.',
      'Confirm a stop of the visit “A week”.',
      'Confirm a stop of the visit “A week”.',
    ]);
    expect(text).toContain('<content type="text">A &amp; &lt;B&gt;. Due by 2026-12-01</content>');
    expect(text).toContain('<updated>2026-11-20T00:00:00Z</updated>\n<entry>');
  });

  it('is not there without a list', () => {
    expect(() => writeFeed({ feed: null })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
  });
});
