import { HubError } from '@hub/shared/errors';

/** What a link can lead to, besides the calendar of a visit. */
interface LinkTarget {
  /** What it has in the place of a visit’s id. No id is such a text. */
  readonly name: string;
  /** The body that asks for it. */
  readonly body: readonly [key: 'feed' | 'calendar', value: string];
  /** How the file is called. That of an export is one. */
  readonly fileName: string;
  /** Who may make one. */
  readonly roles: readonly string[];
}

const staff = ['coordinator', 'liaison'];

/** The name of the feed of an organisation’s notices. Another plugin writes it. */
export const noticesFeed = 'notices';

const targets: readonly LinkTarget[] = [
  {
    name: noticesFeed,
    body: ['feed', 'notices'],
    fileName: 'notices.atom',
    roles: ['coordinator', 'auditor'],
  },
  { name: 'tasks.atom', body: ['feed', 'tasks'], fileName: 'tasks.atom', roles: staff },
  { name: 'tasks.ics', body: ['calendar', 'tasks'], fileName: 'tasks.ics', roles: staff },
];

/** Undefined for the id of a visit. */
export const findTarget = (name: string): LinkTarget | undefined =>
  targets.find((target) => target.name === name);

/** The file of a link, by what it has in the place of a visit’s id. */
export const fileNameOf = (name: string): string => findTarget(name)?.fileName ?? 'itinerary.ics';

const longestId = 200;

/**
 * Reads what a link is asked for: the id of a visit, or the name of a target.
 * @throws HubError `BAD_USER_INPUT`
 */
export function readTarget(body: unknown): string {
  const given = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const [[key, value] = []] = given;
  const target = targets.find((one) => one.body[0] === key && one.body[1] === value);
  if (given.length === 1 && target) return target.name;
  if (given.length === 1 && key === 'visit' && typeof value === 'string' && value !== '')
    if (value.length <= longestId && !findTarget(value)) return value;
  const others = targets.map((one) => `{"${one.body.join('": "')}"}`).join(' or ');
  const message = `The body must be {"visit": "…"}, with an id of at most ${longestId} characters, or ${others}.`;
  throw new HubError('BAD_USER_INPUT', { argument: 'visit', message });
}
