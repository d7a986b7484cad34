import { ownerOf } from '../../client/why-null.ts';
import { listPolices, settings } from '../../frame/settings.ts';
import {
  bodyHref,
  directoryHref,
  eventHref,
  groupHref,
  personHref,
  programmeHref,
  regionHref,
  siteHref,
  visitHref,
} from '../../parts/links.ts';
import { doersOfEvent } from '../../parts/planning-links.tsx';
import { findText } from '../../words/language.ts';
import { nameOfCountry, nameOfRegion } from '../../words/names.ts';
import type { FormRow } from './form-row.ts';
import { personOf, type Subject } from './subject-query.ts';

type Goal = NonNullable<FormRow['goal']>;

interface Place {
  readonly name: string;
  readonly within?: string;
  readonly href: string;
}

/** Where the facts of bodies, events and statements stand. */
function placeOfKnowledge(subject: Subject): Place | undefined {
  const { party, event, site, region, membership, statement } = subject;
  if (party) return { name: party.name ?? '', href: bodyHref(party.id) };
  if (event) return { name: event.title, href: eventHref(event.id) };
  if (site) return { name: site.name ?? '', href: siteHref(site.id) };
  if (region) return { name: nameOfRegion(region), href: regionHref(region.code) };
  if (membership)
    return { name: nameOfCountry(membership.country), href: directoryHref('members') };
  const about = statement?.subject;
  if (about?.__typename === 'Event') return { name: about.title, href: eventHref(about.id) };
  if (about?.__typename === 'Organisation')
    return { name: about.name ?? '', href: bodyHref(about.id) };
  return statement ? { name: about?.title ?? '', href: directoryHref('statements') } : undefined;
}

/** The list of what a form makes, where nothing is there yet. */
const listsOfMade: Partial<Record<Goal, Place['href']>> = {
  'made body': directoryHref('bodies'),
  'made site': directoryHref('sites'),
  'made event': directoryHref('events'),
  'made person': '/people',
  people: '/people',
  statements: directoryHref('statements'),
};

/** What the form is about, in words, and the page where it stands. */
export function placeOf({ goal }: FormRow, subject: Subject | null | undefined): Place {
  const { programme, group, visit, itineraryStop: stop } = subject ?? {};
  const somebody = subject && personOf(subject);
  if (somebody) {
    const name = somebody.name ?? findText(['people.erased'], {}) ?? '';
    return { name, href: personHref(somebody.id) };
  }
  if (stop) return { name: stop.title, within: stop.visit.title, href: visitHref(stop.visit.id) };
  if (visit) return { name: visit.title, within: visit.group.name, href: visitHref(visit.id) };
  if (group) return { name: group.name, within: group.programme.title, href: groupHref(group.id) };
  if (programme) return { name: programme.title, href: programmeHref(programme.id) };
  const known = subject && placeOfKnowledge(subject);
  return known ?? { name: '', href: (goal && listsOfMade[goal]) ?? '/programme' };
}

/** The pages of what forms make. */
const pagesOfMade: Partial<Record<Goal, (id: string) => string>> = {
  'made group': groupHref,
  'made visit': visitHref,
  'made body': bodyHref,
  'made site': siteHref,
  'made event': eventHref,
  'made person': personHref,
};

/** The page of a record that a form makes, or would have made if it was not recorded already. */
export const hrefOfMade = ({ goal }: FormRow, id: string): string | undefined =>
  goal && pagesOfMade[goal]?.(id);

/** Where the reader goes with what was done. */
export function goalOf(row: FormRow, subject: Subject, made: string | undefined): string {
  const { goal } = row;
  if (goal === 'programmes') return '/programme';
  if (goal === 'people') return '/people';
  if (goal === 'events' || goal === 'statements') return directoryHref(goal);
  return (made !== undefined && hrefOfMade(row, made)) || placeOf(row, subject).href;
}

/** Whose co-ordinators may do it. The server checks it again. */
export function doersOf(
  { by = 'nbnp' }: FormRow,
  subject: Subject | null | undefined,
  id: string,
  part: string,
): readonly string[] {
  if (by === 'everybody') return settings.value.partners.map(({ code }) => code);
  if (by === 'own police force') return listPolices();
  if (by === 'organisers') return doersOfEvent(subject?.event);
  return [by === 'owner of the part' ? ownerOf(part) : by === 'owner' ? ownerOf(id) : by];
}
