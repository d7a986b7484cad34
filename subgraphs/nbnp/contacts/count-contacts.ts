import { HubError } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { ContactBasis, ContactLevel } from '../entities/vocabulary.js';
import type { ContactFilter } from './contact.input.js';
import type { Actor, Contact, ContactEvidence } from './contact.js';
import type { Affiliations } from './load-affiliations.js';
import { isCountry, listMeetings, toEvidence, type Occasion } from './occasion.js';

/** The input from which contacts are counted. */
export interface ContactSources {
  readonly occasions: readonly Occasion[];
  /**
   * Required at the levels PARENT and COUNTRY and for a filter by country. A party that is missing
   * here is left out there.
   */
  readonly affiliations: Affiliations;
  readonly filter: ContactFilter;
  /** Actors to leave out before anything is counted. */
  readonly without: readonly string[];
}

/**
 * The actor as which a party counts; undefined if unknown. At level COUNTRY a country’s code counts
 * as itself.
 */
export function actorOf(
  party: string,
  level: ContactLevel,
  affiliations: Affiliations,
): Actor | undefined {
  if (level === ContactLevel.COUNTRY && isCountry(party)) return party;
  if (level === ContactLevel.PARTY) return party;
  const affiliation = affiliations.get(party);
  if (!affiliation) return undefined;
  if (level === ContactLevel.COUNTRY) return affiliation.country ?? undefined;
  return affiliation.parentId ?? party;
}

/** True for an occasion of the filter’s bases, programme and period. */
export function isSelected(
  { basis, firstDay, lastDay, programmeId, isRehearsal }: Occasion,
  { from, to, programme, via, rehearsals }: ContactFilter,
): boolean {
  if (isRehearsal && rehearsals !== true) return false;
  const bases = via ?? defaultBases;
  const isAsked = bases.includes(basis);
  // The basis of an event is decided for each two of its parties.
  if (!isAsked && !(basis === 'EVENT' && bases.includes('REPRESENTATION'))) return false;
  if (programme != null && programmeId !== programme) return false;
  if (from != null && lastDay !== null && lastDay < dates.firstDayOf(from)) return false;
  return to == null || firstDay === null || firstDay <= dates.lastDayOf(to);
}

/** A membership lasts, and says nothing of who met. So it counts only if a filter names it. */
const defaultBases = Object.values(ContactBasis).filter((basis) => basis !== 'MEMBERSHIP');

/** How many meetings of two parties one request may count. The whole network has far fewer. */
const mostMeetings = 500_000;

function checkMeetings(meetings: number): void {
  if (meetings <= mostMeetings) return;
  throw new HubError('QUERY_TOO_COMPLEX', {
    message: `The filter selects more than ${mostMeetings.toLocaleString('en')} meetings of two parties. Ask for a shorter period or fewer bases.`,
    limit: 'meetings',
    most: mostMeetings,
  });
}

/** The evidence of one contact, by the id of its subject. */
type Evidence = Map<string, ContactEvidence>;

/**
 * The contacts that a filter selects, ordered by their two ends.
 * @throws HubError `QUERY_TOO_COMPLEX` where there are too many
 */
export function countContacts({
  occasions,
  affiliations,
  filter,
  without,
}: ContactSources): Contact[] {
  const level = filter.level ?? ContactLevel.PARTY;
  const leftOut = new Set(without);
  const actors = new Map<string, Actor | null>();
  const findActor = (party: string): Actor | null => {
    let actor = actors.get(party);
    if (actor !== undefined) return actor;
    actor = actorOf(party, level, affiliations) ?? null;
    if (leftOut.has(party) || (actor !== null && leftOut.has(actor))) actor = null;
    actors.set(party, actor);
    return actor;
  };
  const { party, country, via } = filter;
  const isOfParty = (id: string) =>
    (id === party && !isCountry(id)) || (level === ContactLevel.PARENT && findActor(id) === party);
  const isOfCountry = (id: string) => id === country || affiliations.get(id)?.country === country;
  const bases = new Set(via ?? defaultBases);
  const found = new Map<Actor, Map<Actor, Evidence>>();
  let meetings = 0;
  for (const occasion of occasions) {
    if (!isSelected(occasion, filter)) continue;
    const asRole = toEvidence(occasion, false);
    const asRepresentation = toEvidence(occasion, true);
    for (const { one, other, isRepresentation } of listMeetings(occasion, level)) {
      const a = findActor(one);
      const b = findActor(other);
      if (a === null || b === null || a === b) continue;
      if (party != null && !isOfParty(one) && !isOfParty(other)) continue;
      if (country != null && !isOfCountry(one) && !isOfCountry(other)) continue;
      const evidence = isRepresentation ? asRepresentation : asRole;
      if (!bases.has(evidence.basis)) continue;
      const known = evidenceOf(found, a < b ? a : b, a < b ? b : a);
      checkMeetings((meetings += 1));
      // If both had a role at an event, the basis is EVENT, even if they were represented there as
      // well.
      if (!known.has(occasion.id) || !isRepresentation) known.set(occasion.id, evidence);
    }
  }
  const wholes = new Map(occasions.map(({ id, wholeId }) => [id, wholeId]));
  const contacts = [...found].flatMap(([one, others]) =>
    [...others].map(([other, evidence]) => toContact([one, other], level, evidence, wholes)),
  );
  return contacts.sort(compareEnds);
}

function evidenceOf(found: Map<Actor, Map<Actor, Evidence>>, one: Actor, other: Actor): Evidence {
  let others = found.get(one);
  if (!others) found.set(one, (others = new Map<Actor, Evidence>()));
  let evidence = others.get(other);
  if (!evidence) others.set(other, (evidence = new Map<string, ContactEvidence>()));
  return evidence;
}

/** Compares ids by code units, as the lists are sorted. */
export const compareIds = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Ordered by the two ends. */
export const compareEnds = ({ between: [a, b] }: Contact, { between: [c, d] }: Contact): number =>
  compareIds(a, c) || compareIds(b, d);

/** An event and its part count once, as the part. */
function leaveOutWholes(evidence: Evidence, wholes: ReadonlyMap<string, string | null>): void {
  for (const id of evidence.keys()) {
    const seen = new Set([id]);
    for (let whole = wholes.get(id); whole != null && !seen.has(whole); whole = wholes.get(whole)) {
      seen.add(whole);
      evidence.delete(whole);
    }
  }
}

function toContact(
  between: readonly [Actor, Actor],
  level: ContactLevel,
  evidence: Evidence,
  wholes: ReadonlyMap<string, string | null>,
): Contact {
  if (evidence.size > 1) leaveOutWholes(evidence, wholes);
  const all = [...evidence.values()].sort((a, b) => compareIds(a.subjectId, b.subjectId));
  const days = all.flatMap(({ on }) => on ?? []).sort();
  return {
    between,
    level,
    strength: all.length,
    firstOn: days[0] ?? null,
    lastOn: days.at(-1) ?? null,
    evidence: all,
    isRehearsal: all.every(({ isRehearsal }) => isRehearsal),
  };
}
