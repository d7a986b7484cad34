import { HubError } from '@hub/shared/errors';
import { writeAtom } from '../../../server/write-atom.js';
import { isObject } from '../graph-response.js';
import { textOf, textsIn } from './texts.js';

/**
 * Writes a response as an Atom feed, the newest entry first: `{ feed: { entries: [{ id, title, since,
 * dueOn, cause, isOverdue, isRehearsal, plan, about }] }, ended }`. A task that was put back or whose day has
 * passed is another entry, so that those who have seen it see it again. What others ended has the same form.
 * @param today of what waits since nobody knows when, for a programme without a first day
 * @throws HubError `NOT_FOUND` if there is no feed
 */
export function writeFeed(data: Readonly<Record<string, unknown>>, today: string): string {
  if (!isObject(data.feed)) throw new HubError('NOT_FOUND');
  // What closes on a later day is known since nobody knows when.
  const ended = entriesOf(data.ended).map((entry) =>
    String(entry.since) > today ? { ...entry, since: null } : entry,
  );
  const entries = [...entriesOf(data.feed), ...ended].map((entry) => {
    const title = textOf(entry.title) ?? '';
    const dueOn = textOf(entry.dueOn);
    const isOverdue = entry.isOverdue === true;
    const cause = entry.cause === 'NEW' ? undefined : textOf(entry.cause);
    const states = [cause, isOverdue ? 'OVERDUE' : undefined].filter(
      (state) => state !== undefined,
    );
    const programme = isObject(entry.plan) ? entry.plan.programme : undefined;
    const begun = isObject(programme) ? textOf(programme.startsOn) : undefined;
    const since = (isOverdue ? dueOn : textOf(entry.since)) ?? begun ?? today;
    return {
      id: `urn:hub:${textOf(entry.id) ?? ''}${states.length > 0 ? `#${states.join('-')}` : ''}`,
      title: entry.isRehearsal === true ? `Rehearsal: ${title}` : title,
      updated: `${since}T00:00:00Z`,
      content: [...textsIn(entry.about), ...(dueOn ? [`Due by ${dueOn}`] : [])].join('. '),
    };
  });
  return writeAtom({
    id: 'urn:hub:tasks',
    title: 'Tasks',
    entries: entries.toSorted((one, other) => (one.updated < other.updated ? 1 : -1)),
  });
}

const entriesOf = (list: unknown): Readonly<Record<string, unknown>>[] =>
  isObject(list) && Array.isArray(list.entries) ? list.entries.filter(isObject) : [];
