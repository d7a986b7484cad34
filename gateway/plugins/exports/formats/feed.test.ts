import { describe, expect, it } from 'vitest';
import { writeFeed } from './feed.js';

const entry = (id: string, more: object = {}) => ({
  id: `nbnp:task/dk/${id}`,
  title: 'Confirm a stop of the visit “A week”.',
  since: null,
  dueOn: null,
  cause: 'NEW',
  isOverdue: false,
  isRehearsal: false,
  about: null,
  ...more,
});

describe('an Atom feed', () => {
  it('has the newest entry first, what is unknown as of today, and all texts escaped', () => {
    const entries = [
      entry('a'),
      entry('b', { since: '2026-11-01', dueOn: '2026-12-01', about: { name: 'A & <B>' } }),
      entry('c', { since: '2026-11-20', isRehearsal: true }),
    ];
    const text = writeFeed({ feed: { entries } }, '2026-11-10');
    expect([...text.matchAll(/<id>(.*)<\/id>/g)].map(([, id]) => id)).toEqual([
      'urn:hub:tasks',
      'urn:hub:nbnp:task/dk/c',
      'urn:hub:nbnp:task/dk/a',
      'urn:hub:nbnp:task/dk/b',
    ]);
    expect([...text.matchAll(/<title>(.*)<\/title>/g)].map(([, title]) => title)).toEqual([
      'Tasks',
      'Rehearsal: Confirm a stop of the visit “A week”.',
      'Confirm a stop of the visit “A week”.',
      'Confirm a stop of the visit “A week”.',
    ]);
    expect(text).toContain('<content type="text">A &amp; &lt;B&gt;. Due by 2026-12-01</content>');
    expect(text).toContain('<updated>2026-11-20T00:00:00Z</updated>\n<entry>');
    expect(text).not.toContain('1970');
  });

  it('has a task anew that was put back, or whose day has passed', () => {
    const entries = [
      entry('a', { since: '2026-11-01', cause: 'PUT_BACK' }),
      entry('a', { since: '2026-11-01', dueOn: '2026-11-09', isOverdue: true }),
      entry('a', { cause: 'WITHDRAWN', dueOn: '2026-11-08', isOverdue: true }),
      // The day of its programme stays the same, so that nobody sees it anew each day.
      entry('a', { plan: { programme: { startsOn: '2026-01-01' } } }),
    ];
    const text = writeFeed({ feed: { entries } }, '2026-11-10');
    const entriesOf = /<id>(urn:hub:nbnp.*)<\/id>\n<title>.*<\/title>\n<updated>(.*)T/g;
    expect([...text.matchAll(entriesOf)].map(([, id, updated]) => [id, updated])).toEqual([
      ['urn:hub:nbnp:task/dk/a#OVERDUE', '2026-11-09'],
      ['urn:hub:nbnp:task/dk/a#WITHDRAWN-OVERDUE', '2026-11-08'],
      ['urn:hub:nbnp:task/dk/a#PUT_BACK', '2026-11-01'],
      ['urn:hub:nbnp:task/dk/a', '2026-01-01'],
    ]);
  });

  it('has what others ended, also what closes on a later day', () => {
    const ended = {
      entries: [
        { id: 'nbnp:ending/dk/a', title: 'The visit “A & B” is cancelled.', since: '2026-11-09' },
        {
          id: 'nbnp:ending/dk/b',
          title: 'It closes.',
          since: '2026-12-01',
          plan: { programme: { startsOn: '2026-01-01' } },
        },
      ],
    };
    const text = writeFeed({ feed: { entries: [entry('a')] }, ended }, '2026-11-10');
    const found = /<id>urn:hub:nbnp:(.*)<\/id>\n<title>(.*)<\/title>\n<updated>(.*)T/g;
    expect([...text.matchAll(found)].map(([, ...values]) => values)).toEqual([
      ['task/dk/a', 'Confirm a stop of the visit “A week”.', '2026-11-10'],
      ['ending/dk/a', 'The visit “A &amp; B” is cancelled.', '2026-11-09'],
      ['ending/dk/b', 'It closes.', '2026-01-01'],
    ]);
  });

  it('is not there without a list', () => {
    expect(() => writeFeed({ feed: null }, '2026-11-10')).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
  });
});
