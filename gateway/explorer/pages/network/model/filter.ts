import { fold } from '../../../../../shared/database/search/fold.ts';
import { firstDayOf, lastDayOf } from '../../../../../shared/graphql/scalars/dates.ts';
import type { ContactFilter, ContactLevel } from '../../../generated/graphql.ts';
import type { Actor, ActorKind, Basis, Contact, Evidence, Network, Occasion } from './network.ts';

/** What counts unless the reader chooses otherwise: what brought two together at a time and a place. */
const usualBases = [
  'EVENT',
  'REPRESENTATION',
  'VISIT',
  'PROGRAMME',
] as const satisfies readonly Basis[];

/** Whoever is a member of the network is in contact with it. It counts only if it is chosen. */
export const bases = [...usualBases, 'MEMBERSHIP'] as const satisfies readonly Basis[];

/** What the reader selects. An empty text selects all. */
export interface NetworkFilter {
  /** Parts of words of the name of a party, or of the title of an occasion, in any order. */
  readonly search: string;
  /** One of the two is in this country. */
  readonly country: string;
  /** One of the two is of this kind. */
  readonly kind: ActorKind | '';
  readonly bases: readonly Basis[];
  /** Only what ended on this date or later, and what began on the other or earlier. */
  readonly from: string;
  readonly to: string;
}

export const noFilter: NetworkFilter = {
  search: '',
  country: '',
  kind: '',
  bases: usualBases,
  from: '',
  to: '',
};

/** A contact with the evidence that a filter leaves. */
export interface ChosenContact {
  readonly contact: Contact;
  readonly evidence: readonly Evidence[];
  readonly firstOn: string | null;
  readonly lastOn: string | null;
}

interface ChosenActor {
  readonly actor: Actor;
  /** With how many it is in contact. */
  readonly degree: number;
}

interface ChosenOccasion {
  readonly occasion: Occasion;
  /** For how many contacts it is evidence. */
  readonly contacts: number;
}

/** What a filter leaves of a network. */
export interface Selection {
  readonly contacts: readonly ChosenContact[];
  readonly actors: readonly ChosenActor[];
  readonly occasions: readonly ChosenOccasion[];
}

const partialDate = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/;

/** Whether a text is a year, a month or a day that exists: `2010`, `2010-10`, `2010-10-29`. */
export const isPartialDate = (text: string): boolean =>
  partialDate.test(text) && (text.length < 10 || isDay(text));

/** 31 February would be a day in March. */
function isDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Dates that are not yet typed to their end do not filter. */
const dateOf = (text: string): string | undefined => (isPartialDate(text) ? text : undefined);

/** Which evidence counts. Unknown dates exclude nothing, as in the graph. */
function createEvidenceTest({ bases: wanted, from, to }: NetworkFilter) {
  const isWanted = new Set<string>(wanted);
  const first = dateOf(from) && firstDayOf(from);
  const last = dateOf(to) && lastDayOf(to);
  return ({ basis, firstDay, lastDay }: Evidence): boolean =>
    isWanted.has(basis) &&
    !(first && lastDay !== null && lastDay < first) &&
    !(last && firstDay !== null && firstDay > last);
}

/**
 * What a filter leaves of a network. It is the same as what the graph’s `contacts(filter:)` leaves;
 * searching is done here alone.
 */
export function filterNetwork(network: Network, filter: NetworkFilter): Selection {
  const counts = createEvidenceTest(filter);
  const words = fold(filter.search).split(/\s+/).filter(Boolean);
  const isFound = (folded: string) => words.every((word) => folded.includes(word));
  const { country, kind } = filter;
  const contacts: ChosenContact[] = [];
  const degrees = new Uint32Array(network.actors.length);
  const occasions = new Map<Occasion, number>();
  for (const contact of network.contacts) {
    const [one, other] = contact.ends;
    if (country && one.country !== country && other.country !== country) continue;
    if (kind && one.kind !== kind && other.kind !== kind) continue;
    let evidence = contact.evidence.filter(counts);
    if (!isFound(one.folded) && !isFound(other.folded))
      evidence = evidence.filter(({ occasion }) => occasion && isFound(occasion.folded));
    if (evidence.length === 0) continue;
    contacts.push(chooseContact(contact, evidence));
    for (const { index } of contact.ends) degrees[index] = (degrees[index] ?? 0) + 1;
    for (const { occasion } of evidence)
      if (occasion) occasions.set(occasion, (occasions.get(occasion) ?? 0) + 1);
  }
  return {
    contacts,
    actors: network.actors.flatMap((actor) => {
      const degree = degrees[actor.index] ?? 0;
      return degree > 0 ? [{ actor, degree }] : [];
    }),
    occasions: [...occasions].map(([occasion, count]) => ({ occasion, contacts: count })),
  };
}

function chooseContact(contact: Contact, evidence: readonly Evidence[]): ChosenContact {
  let firstOn: string | null = null;
  let lastOn: string | null = null;
  for (const { on } of evidence) {
    if (on === null) continue;
    if (firstOn === null || on < firstOn) firstOn = on;
    if (lastOn === null || on > lastOn) lastOn = on;
  }
  return { contact, evidence, firstOn, lastOn };
}

const isUnusual = (chosen: readonly Basis[]): boolean =>
  chosen.length !== usualBases.length || chosen.includes('MEMBERSHIP');

/**
 * The filter in the graph’s words, for what the graph computes. It knows no search and no kind.
 */
export function toContactFilter(
  filter: NetworkFilter,
  level: ContactLevel,
  rehearsals: boolean,
): ContactFilter {
  const { country, from, to } = filter;
  return {
    level,
    ...(rehearsals && { rehearsals }),
    ...(country && { country }),
    ...(isPartialDate(from) && { from }),
    ...(isPartialDate(to) && { to }),
    ...(isUnusual(filter.bases) && { via: [...filter.bases] }),
  };
}

/** The years of the evidence, from the first to the last. Undefined if nothing has a date. */
export function yearsOf(network: Network): { first: number; last: number } | undefined {
  let first = Infinity;
  let last = -Infinity;
  for (const { evidence } of network.contacts)
    for (const { firstDay, lastDay } of evidence) {
      if (firstDay !== null) first = Math.min(first, Number(firstDay.slice(0, 4)));
      if (lastDay !== null) last = Math.max(last, Number(lastDay.slice(0, 4)));
    }
  return first <= last ? { first, last } : undefined;
}
