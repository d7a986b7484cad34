import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { groupVisits } from '@hub/shared/programme';
import { loadAbsences } from '../access/load-absences.js';
import { loadAccepted } from '../access/load-related.js';
import { settleMissing, type WithMissing } from '../access/with-missing.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { countedStatuses } from '../entities/vocabulary.js';
import { loadGroupSides } from '../sides/load-sides.js';
import { isConfirmed } from '../visits/is-confirmed.js';

interface Key {
  readonly id: string;
}

/** The network as a party. */
const networkParty = `${codes.networkCode}:${codes.networkCode}`;

interface HostingResponse {
  readonly status: string;
  readonly unit?: Key | null;
  readonly office?: Key | null;
}

/** Who confirmed to host a visit, from one of the lists of its hostings. */
const readHostsFrom = (list: 'hostings' | 'regionalHostings', host: 'unit' | 'office') =>
  createFactReader<string[]>({
    field: 'visit',
    selection: `{ ${list} { status ${host} { id } } }`,
    read: (visit: Readonly<Partial<Record<typeof list, readonly HostingResponse[] | null>>>) =>
      (visit[list] ?? []).flatMap((hosting) =>
        hosting.status === 'CONFIRMED' ? (hosting[host]?.id ?? []) : [],
      ),
  });
// Two queries, so that the police forces' part is known without the offices.
const readUnits = readHostsFrom('hostings', 'unit');
const readOffices = readHostsFrom('regionalHostings', 'office');

type StopResponse = Pick<
  ItineraryStop,
  'id' | 'hostConfirmedVersion' | 'officeConfirmedVersion'
> & {
  readonly confirmingUnit?: Key | null;
  readonly confirmingOffice?: Key | null;
  readonly site?: { readonly organisation?: Key | null } | null;
};

/** Who confirmed the stops of a visit, and who owns their sites, from the hosts. */
const readStops = createFactReader<readonly StopResponse[]>({
  field: 'visit',
  selection: `{ stops {
    id hostConfirmedVersion officeConfirmedVersion
    confirmingUnit { id } confirmingOffice { id }
    site { ... on NationalSite { organisation { id } } ... on RegionalSite { organisation { id } } }
  } }`,
  read: ({ stops }: { readonly stops?: readonly StopResponse[] | null }) => stops ?? [],
});

/** Who confirmed a stop: an organisation without a partner, an office or a police unit. */
const confirmingPartyOf = (
  { hostOwner, confirmingOrganisationId }: ItineraryStop,
  { confirmingOffice, confirmingUnit }: StopResponse,
): string | null | undefined => {
  if (hostOwner === codes.networkCode) return confirmingOrganisationId;
  return (hostOwner === codes.officesCode ? confirmingOffice : confirmingUnit)?.id;
};

/** Who confirmed these stops, and who owns their sites. */
async function loadStopParties(
  visitId: string,
  counted: readonly ItineraryStop[],
  context: PartnerContext,
): Promise<string[]> {
  if (counted.length === 0) return [];
  const responses = new Map((await readStops(context, visitId))?.map((stop) => [stop.id, stop]));
  return counted.flatMap((own) => {
    const stop = responses.get(own.id);
    if (!stop) return [];
    const confirming = isConfirmed(own, stop) ? confirmingPartyOf(own, stop) : null;
    return [confirming, stop.site?.organisation?.id].flatMap((id) => id ?? []);
  });
}

interface MemberUnit extends Key {
  readonly unit: Key | null;
}

/** The officers in a group with their units, from the police forces. */
const readMemberUnits = createFactReader<readonly MemberUnit[]>({
  field: 'group',
  selection: '{ acceptedOfficers { id unit { id } } }',
  read: ({
    acceptedOfficers,
  }: {
    readonly acceptedOfficers?: readonly (MemberUnit | null)[] | null;
  }) => (acceptedOfficers ?? []).flatMap((officer) => officer ?? []),
});

/** The units of these officers. */
async function loadUnits(
  groupId: string,
  officers: ReadonlySet<string>,
  context: PartnerContext,
): Promise<string[]> {
  const members = (await readMemberUnits(context, groupId)) ?? [];
  return members.flatMap(({ id, unit }) => (unit && officers.has(id) ? unit.id : []));
}

/** The offices that co-ordinate a group: the one that it names, or those of both its sides. */
async function loadOffices(group: Group, context: PartnerContext): Promise<string[]> {
  const sides = await loadGroupSides(group, context);
  if (sides.direction !== null) return [group.coordinatingOfficeId ?? []].flat();
  return [sides.from, sides.to].flatMap(({ coordinators }) => coordinators ?? []);
}

/**
 * The parties that a visit brought together: the network, the offices that co-ordinate the group,
 * the units and offices that confirmed to host it or one of its stops that count, the organisations
 * of the visited sites, and the units of the officers who travelled. If a partner is unavailable,
 * its part is left out and an error names it.
 */
export async function loadVisitParties(
  visit: Pick<Visit, 'id' | 'groupId' | 'startsOn' | 'departedOn'>,
  context: PartnerContext,
): Promise<WithMissing<string[]>> {
  const { loaders } = context;
  const { id, groupId } = visit;
  const [group, stops, members, absences] = await Promise.all([
    loaders.one(Group).load(groupId),
    loaders.many(ItineraryStop, 'visitId').load(id),
    loadAccepted(groupId, context),
    loadAbsences(groupId, context),
  ]);
  const absent = absences.filter(
    ({ visitId, from }) => visitId === id && groupVisits.missesVisit(visit, from),
  );
  const stayed = new Set(absent.map(({ participantId }) => participantId));
  const officers = members.map(({ officerId }) => officerId);
  const travellers = new Set(officers.filter((officer) => !stayed.has(officer)));
  const counted = stops.filter(({ status }) => countedStatuses.includes(status));
  const { value, missing } = await settleMissing([
    readUnits(context, id),
    readOffices(context, id),
    loadStopParties(id, counted, context),
    travellers.size > 0 ? loadUnits(groupId, travellers, context) : null,
  ]);
  const offices = group ? await loadOffices(group, context) : [];
  const parties = [networkParty].concat(offices, ...value.map((ids) => ids ?? []));
  return { value: [...new Set(parties)].sort(), missing };
}
