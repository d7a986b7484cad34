import { readRows } from '@hub/shared/database';
import type { HubError } from '@hub/shared/errors';
import { callerOfPerson } from '@hub/shared/graphql';
import { readers, type PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { decideItinerary } from '../access/decide-itinerary.js';
import { endedBy } from '../access/visible-visits.js';
import { settleMissing, type WithMissing } from '../access/with-missing.js';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { ContactBasis, ContactLevel } from '../entities/vocabulary.js';
import { engineOf, type WaitingCaller } from './contact-engine.js';
import type { ContactFilter } from './contact.input.js';
import type { Actor } from './contact.js';
import { actorOf, isSelected } from './count-contacts.js';
import type { CountedContacts } from './counted-contacts.js';
import { loadAffiliations, type Affiliations } from './load-affiliations.js';
import { loadOwnOccasions, type OwnOccasions } from './load-own-occasions.js';
import { isCountry, type Occasion } from './occasion.js';
import { loadVisitParties } from './visit-parties.js';

/**
 * Whether an ended visit counts for the caller. It does if the caller may read its itinerary. For
 * anonymous callers, who may read none, every ended visit counts.
 * @throws HubError `PARTNER_…` if the deciding fact is unavailable
 */
const doesCount = ({ id }: Visit, context: PartnerContext): boolean | Promise<boolean> =>
  !readers.isPerson(context.reader) || decideItinerary(context, id);

/**
 * The visits, of rehearsals or of real programmes, that have set out and have ended, and that count
 * for the caller. Of the others only the deciding facts are read, so that no result depends on them.
 */
async function loadVisitOccasions(
  context: PartnerContext,
  isRehearsal: boolean,
): Promise<WithMissing<Occasion[]>> {
  const ended = await readRows(
    context.source
      .getRepository(Visit)
      .createQueryBuilder('visit')
      .innerJoin(Group, 'group_', 'group_.id = visit.groupId')
      .innerJoin(Programme, 'programme', 'programme.id = group_.programmeId')
      .where('visit.departedOn IS NOT NULL AND visit.returnedOn <= :endedBy', {
        endedBy: endedBy(context),
      })
      .andWhere('programme.isRehearsal = :isRehearsal', { isRehearsal })
      .orderBy('visit.id'),
  );
  const decisions = await settleMissing(ended.map((visit) => doesCount(visit, context)));
  const counted = ended.filter((_, index) => decisions.value[index] === true);
  const missing: HubError[] = [...decisions.missing];
  const occasions = await Promise.all(
    counted.map(async (visit): Promise<Occasion> => {
      const [parties, group] = await Promise.all([
        loadVisitParties(visit, context),
        context.loaders.one(Group).load(visit.groupId),
      ]);
      missing.push(...parties.missing);
      return {
        id: visit.id,
        basis: ContactBasis.VISIT,
        wholeId: null,
        programmeId: group?.programmeId ?? null,
        firstDay: visit.startsOn,
        lastDay: visit.endsOn,
        on: visit.startsOn ?? visit.endsOn,
        source: null,
        parties: parties.value,
        represented: [],
        countries: [],
        isRehearsal,
      };
    }),
  );
  return { value: occasions, missing };
}

/** Data that is read once a request, however many fields need it. */
interface RequestOccasions {
  own?: Promise<OwnOccasions>;
  visits?: Promise<WithMissing<Occasion[]>>;
  rehearsals?: Promise<WithMissing<Occasion[]>>;
}

const requests = new WeakMap<PartnerContext, RequestOccasions>();

function occasionsOf(context: PartnerContext): RequestOccasions {
  let occasions = requests.get(context);
  if (!occasions) requests.set(context, (occasions = {}));
  return occasions;
}

/** Writes unset conditions as null, so that equal filters have equal keys. */
function plain(filter: ContactFilter): ContactFilter {
  const { party, country, from, to, programme, via, level, rehearsals } = filter;
  return {
    party: party ?? null,
    country: country ?? null,
    from: from ?? null,
    to: to ?? null,
    programme: programme ?? null,
    via: via ? [...new Set(via)].sort() : null,
    level: level ?? ContactLevel.PARTY,
    rehearsals: rehearsals ?? false,
  };
}

export interface LoadedContacts {
  readonly counted: CountedContacts;
  readonly level: ContactLevel;
  /** The actor as which a party counts; undefined if unknown. A country’s code counts as itself. */
  findActor(id: string): Actor | undefined;
}

export interface ContactSelection {
  readonly filter: ContactFilter | null;
  readonly without?: readonly string[];
  /** Parties in the arguments, whether or not they have a contact. */
  readonly about?: readonly string[];
}

/**
 * Counts the contacts that a filter selects, from the data that the caller may read. If a partner’s
 * part is missing, an error at the field names the partner.
 * @throws HubError `BAD_USER_INPUT`, `QUERY_TOO_COMPLEX`
 */
export async function loadContacts(
  context: PartnerContext,
  { filter: asked, without = [], about = [] }: ContactSelection,
  info: GraphQLResolveInfo,
): Promise<LoadedContacts> {
  const filter = plain(asked ?? {});
  const { country } = filter;
  const level = filter.level ?? ContactLevel.PARTY;
  const request = occasionsOf(context);
  const own = await (request.own ??= loadOwnOccasions(context.source));
  const visits = await loadVisits(context, filter);
  const needsAffiliations = level !== ContactLevel.PARTY || country != null;
  const parties = () => {
    const occasions = [...own.occasions, ...visits.value];
    return listParties(
      occasions.filter((one) => isSelected(one, filter)),
      about,
    );
  };
  const affiliations = needsAffiliations
    ? await loadAffiliations(parties(), context)
    : noAffiliations;
  for (const error of [...visits.missing, ...affiliations.missing])
    context.missing.note(error, info);
  const sources = {
    own,
    visits: visits.value,
    affiliations: affiliations.value,
    filter,
    without: [...without].sort(),
  };
  return {
    counted: engineOf(context.source).count(sources),
    level,
    findActor: (id) => actorOf(id, level, affiliations.value),
  };
}

/** The visits, and those of rehearsals, if the filter selects them. */
async function loadVisits(
  context: PartnerContext,
  { via, rehearsals }: ContactFilter,
): Promise<WithMissing<Occasion[]>> {
  if (via && !via.includes(ContactBasis.VISIT)) return { value: [], missing: [] };
  const request = occasionsOf(context);
  const visits = await (request.visits ??= loadVisitOccasions(context, false));
  if (rehearsals !== true) return visits;
  const rehearsed = await (request.rehearsals ??= loadVisitOccasions(context, true));
  return {
    value: [...visits.value, ...rehearsed.value],
    missing: [...visits.missing, ...rehearsed.missing],
  };
}

const noAffiliations: WithMissing<Affiliations> = { value: new Map(), missing: [] };

const listParties = (occasions: readonly Occasion[], about: readonly string[]): string[] => [
  ...new Set([
    ...occasions.flatMap(({ parties, represented }) => [...parties, ...represented]),
    ...about.filter((id) => !isCountry(id)),
  ]),
];

/** How long to wait for a computation if the request gives no time. */
const defaultWaitMs = 10_000;
const anyone = { group: '', member: '' };

/** The caller, for the queue of computations. */
export function waitingCallerOf({ reader, askHub }: PartnerContext): WaitingCaller {
  return {
    caller: reader.kind === 'anonymous' ? anyone : callerOfPerson(reader),
    until: askHub.limited?.until ?? performance.now() + defaultWaitMs,
  };
}
