import { HubError } from '@hub/shared/errors';
import { cutText, longest } from '@hub/shared/graphql';
import { escapeHtml } from '@hub/shared/server';
import { createHash } from 'node:crypto';
import { isObject } from './graph-response.js';
import { pageStyle } from './page-style.js';

/** A stop, as the aliases of a document name its parts. All but `date` may be null. */
interface Stop {
  /** `2010-03-15` */
  readonly date: string;
  readonly start?: string | null;
  readonly end?: string | null;
  readonly title?: string | null;
  readonly sector?: string | null;
  readonly confirmed?: boolean | null;
  readonly status?: string | null;
  readonly reason?: string | null;
  readonly location?: { readonly name?: string | null; readonly city?: string | null } | null;
  readonly hostCountry?: string | null;
  readonly address?: string | null;
  readonly meetingPoint?: string | null;
  readonly contact?: string | null;
  readonly note?: string | null;
}

/** What a host arranges. */
interface Hosting {
  readonly host?: { readonly name?: string | null } | null;
  readonly status?: string | null;
  readonly accommodation?: string | null;
  readonly transport?: string | null;
  readonly meetingPoint?: string | null;
  readonly contact?: string | null;
  readonly emergencyContact?: string | null;
  readonly note?: string | null;
}

interface Cancellable {
  readonly cancelledOn?: string | null;
  readonly cancelReason?: string | null;
}

interface Programme extends Cancellable {
  readonly isRehearsal?: boolean | null;
  readonly title?: string | null;
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
  readonly hostCountries?: readonly string[] | null;
  readonly practicalInformation?: string | null;
  readonly group?:
    | (Cancellable & {
        readonly name?: string | null;
        readonly programme?: { readonly title?: string | null } | null;
      })
    | null;
  readonly days?: readonly Stop[] | null;
  readonly hostings?: readonly Hosting[] | null;
  readonly officeHostings?: readonly Hosting[] | null;
}

/** What the page cannot have from the response alone. */
export interface PageFacts {
  /** Codes of the partners that did not respond. */
  readonly missing: readonly string[];
  /** Whether something is left out because the reader may not see it. */
  readonly isWithheld: boolean;
  readonly now: Date;
}

const hash = createHash('sha256').update(pageStyle).digest('base64');
// The page itself has these too, for when it is opened as a file.
const ownPolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;

/** Allows the style of the page and nothing else. */
export const pagePolicy = `${ownPolicy}; frame-ancestors 'none'; sandbox`;

const text = (value: unknown): string =>
  typeof value === 'string' ? escapeHtml(cutText(value, longest.freeText).trim()) : '';

/** A paragraph, or nothing for a text that is not there. */
const paragraph = (value: string | null | undefined, kind: string): string =>
  text(value) && `<p class="${kind}">${text(value)}</p>\n`;

/** A list of labelled texts, without those that are not there. */
function facts(rows: readonly (readonly [label: string, value: string | null | undefined])[]) {
  const known = rows.filter(([, value]) => text(value) !== '');
  if (known.length === 0) return '';
  const items = known.map(([label, value]) => `<dt>${label}</dt><dd>${text(value)}</dd>`);
  return `<dl>${items.join('\n')}</dl>\n`;
}

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const regions = new Intl.DisplayNames('en', { type: 'region' });

/** `Monday 15 March 2010`; another text stays as it is. */
function writeDay(day: string | null | undefined): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time)) return day ?? '';
  // The punctuation between them differs from one version of Node to the next.
  const parts = days.formatToParts(time).filter(({ type }) => type !== 'literal');
  return parts.map(({ value }) => value).join(' ');
}

const countryOf = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;

const statuses: Readonly<Record<string, string>> = {
  CALLED_OFF: 'Called off',
  NOT_HELD: 'Not held',
  HELD: 'Held',
};

function writeStop(stop: Stop): string {
  const { start, end, title, status, confirmed, location, hostCountry } = stop;
  const state = statuses[status ?? ''] ?? (confirmed === true ? 'Confirmed' : 'Not yet confirmed');
  const isOff = status === 'CALLED_OFF' || status === 'NOT_HELD';
  const place = [
    location?.name,
    stop.address,
    location?.city,
    hostCountry && countryOf(hostCountry),
  ];
  const time = [start, end].filter(Boolean).join(' – ') || 'Time not set';
  const sector = stop.sector?.toLowerCase().replaceAll('_', ' ');
  return `<article${isOff ? ' class="off"' : ''}>
<p class="time">${text(time)}</p>
<div><h3>${text(title)}</h3>
<p class="state">${[state, sector].map(text).filter(Boolean).join(' · ')}</p>
${facts([
  ['Reason', stop.reason],
  ['Place', place.filter(Boolean).join(', ')],
  ['Meeting point', stop.meetingPoint],
  ['Contact', stop.contact],
  ['Note', stop.note],
])}</div>
</article>
`;
}

function writeHosting(hosting: Hosting): string {
  const state = hosting.status === 'CONFIRMED' ? 'Confirmed' : 'Offered, not yet confirmed';
  return `<article class="hosting">
<h3>${text(hosting.host?.name) || 'Host'}</h3>
<p class="state">${state}</p>
${facts([
  ['Accommodation', hosting.accommodation],
  ['Transport', hosting.transport],
  ['Meeting point', hosting.meetingPoint],
  ['Contact', hosting.contact],
  ['Emergency contact', hosting.emergencyContact],
  ['Note', hosting.note],
])}</article>
`;
}

const section = (title: string, body: string): string =>
  body && `<section><h2>${title}</h2>\n${body}</section>\n`;

const writeCancellation = (what: string, { cancelledOn, cancelReason }: Cancellable): string =>
  cancelledOn
    ? `<p class="notice">This ${what} was cancelled on ${text(writeDay(cancelledOn))}. ${text(cancelReason)}</p>\n`
    : '';

/** The title, the group, the days, and what everybody must see first. */
function writeHead(visit: Programme, notices: readonly string[]): string {
  const { group, startsOn, endsOn } = visit;
  const span = [...new Set([startsOn, endsOn].filter(Boolean))].map(writeDay).join(' – ');
  const hosts = (visit.hostCountries ?? []).map(countryOf).join(', ');
  const rehearsal =
    visit.isRehearsal === true
      ? paragraph('Rehearsal: nothing on this page is real.', 'notice')
      : '';
  const cancelled = writeCancellation('visit', visit) + writeCancellation('group', group ?? {});
  return `<header>
${paragraph(group?.programme?.title, 'programme')}<h1>${text(visit.title)}</h1>
${facts([
  ['Group', group?.name],
  ['Dates', span],
  ['Hosts', hosts],
])}${rehearsal}${cancelled}${notices.map((notice) => `<p class="notice">${text(notice)}</p>\n`).join('')}</header>
`;
}

/** What is not on the page. */
function listNotices(data: Readonly<Record<string, unknown>>, facts: PageFacts): string[] {
  const organisations = Array.isArray(data['organisations']) ? data['organisations'] : [];
  const names = new Map(
    organisations.filter(isObject).map(({ code, name }) => [code, String(name)] as const),
  );
  const missing = facts.missing.map((code) => names.get(code) ?? code);
  return [
    ...(missing.length > 0
      ? [
          `Incomplete: there was no answer from ${missing.join(', ')}. Ask for the page again later.`,
        ]
      : []),
    ...(facts.isWithheld ? ['Some parts are left out because you may not see them.'] : []),
  ];
}

/**
 * Writes a response as a page that prints to A4: `{ programme: { title, days, hostings, … } }`.
 * Every text is escaped, and the page runs and loads nothing.
 * @throws HubError `NOT_FOUND` if there is no programme
 */
export function* writeProgramme(
  data: Readonly<Record<string, unknown>>,
  facts: PageFacts,
): Generator<string> {
  if (!isObject(data['programme'])) throw new HubError('NOT_FOUND');
  const visit = data['programme'] as Programme;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${escapeHtml(ownPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(visit.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
${writeHead(visit, listNotices(data, facts))}<main>
`;
  yield section('Practical information', paragraph(visit.practicalInformation, 'prose'));
  for (const [day, stops] of groupByDay(visit.days ?? []))
    yield section(text(writeDay(day)), stops.map(writeStop).join(''));
  const hostings = [...(visit.hostings ?? []), ...(visit.officeHostings ?? [])];
  const standing = hostings.filter(({ status }) => status !== 'WITHDRAWN');
  yield section('What the hosts arrange', standing.map(writeHosting).join(''));
  yield `</main>
<footer>For the participants and hosts of this visit. As of ${text(writeDay(facts.now.toISOString().slice(0, 10)))}.</footer>
</body>
</html>
`;
}

/** The stops of each day, in the order of the response. */
function groupByDay(stops: readonly Stop[]): ReadonlyMap<string, readonly Stop[]> {
  const byDay = new Map<string, Stop[]>();
  for (const stop of stops) {
    const ofDay = byDay.get(stop.date);
    if (ofDay) ofDay.push(stop);
    else byDay.set(stop.date, [stop]);
  }
  return byDay;
}
