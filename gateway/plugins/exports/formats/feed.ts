import { HubError } from '@hub/shared/errors';
import { writeAtom } from '../../../server/write-atom.js';
import { isObject } from '../graph-response.js';
import { textOf, textsIn } from './texts.js';

/**
 * Writes a response as an Atom feed, the newest entry first: `{ feed: { entries: [{ id, title, since,
 * dueOn, isRehearsal, about }] } }`. What waits since nobody knows when comes last.
 * @throws HubError `NOT_FOUND` if there is no feed
 */
export function writeFeed(data: Readonly<Record<string, unknown>>): string {
  const { feed } = data;
  if (!isObject(feed)) throw new HubError('NOT_FOUND');
  const given = Array.isArray(feed.entries) ? feed.entries.filter(isObject) : [];
  const entries = given.map((entry) => {
    const title = textOf(entry.title) ?? '';
    const dueOn = textOf(entry.dueOn);
    return {
      id: `urn:hub:${textOf(entry.id) ?? ''}`,
      title: entry.isRehearsal === true ? `Rehearsal: ${title}` : title,
      updated: `${textOf(entry.since) ?? '1970-01-01'}T00:00:00Z`,
      content: [...textsIn(entry.about), ...(dueOn ? [`Due by ${dueOn}`] : [])].join('. '),
    };
  });
  return writeAtom({
    id: 'urn:hub:tasks',
    title: 'Tasks',
    entries: entries.toSorted((one, other) => (one.updated < other.updated ? 1 : -1)),
  });
}
