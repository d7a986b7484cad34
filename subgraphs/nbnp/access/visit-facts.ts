import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { groupVisits } from '@hub/shared/programme';
import { Group } from '../entities/group.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { hostOrder, loadAccepted } from './load-related.js';
import { loadStandingVisits } from './visible-visits.js';

/** The facts that decide who may read the itinerary of a visit. */
export interface VisitFacts {
  /** The last return; null while one of them is under way. */
  readonly returnedOn: string | null;
  /** The codes of the organisations that host it. */
  readonly hosts: ReadonlySet<string>;
  /** The police forces whose officers are accepted. */
  readonly senders: ReadonlySet<string>;
  readonly groupId: string;
  /** True if an NCM office co-ordinates the group. */
  readonly hasOffice: boolean;
}

/** An id that no record has. */
const nothing = '';

/** The codes of the organisations that answer for the hosts of a visit. */
export async function loadHosts(
  visitId: string,
  { loaders }: Pick<PartnerContext, 'loaders'>,
): Promise<string[]> {
  const hosts = await loaders.many(VisitHost, 'visitId', { orderBy: hostOrder }).load(visitId);
  return hosts.map(({ owner }) => owner);
}

/**
 * The facts about a visit. An unknown visit takes the same statements, so that the response time
 * does not show whether the visit exists.
 */
export async function loadVisitFacts(
  visitId: string | undefined,
  context: Pick<PartnerContext, 'loaders'>,
): Promise<VisitFacts> {
  const visit = await context.loaders.one(Visit).load(visitId ?? nothing);
  return toFacts(visit?.groupId ?? nothing, [visit], context);
}

/** The same facts about all visits of a group together. They end with the last of them. */
export async function loadJourneyFacts(
  groupId: string | undefined,
  context: Pick<PartnerContext, 'loaders'>,
): Promise<VisitFacts> {
  const visits = await loadStandingVisits(groupId ?? nothing, context);
  return toFacts(groupId ?? nothing, visits, context);
}

async function toFacts(
  groupId: string,
  visits: readonly (Visit | null)[],
  context: Pick<PartnerContext, 'loaders'>,
): Promise<VisitFacts> {
  const [hosts, group, accepted] = await Promise.all([
    Promise.all(visits.map((visit) => loadHosts(visit?.id ?? nothing, context))),
    context.loaders.one(Group).load(groupId),
    loadAccepted(groupId, context),
  ]);
  return {
    returnedOn: groupVisits.lastReturnOf(visits),
    hosts: new Set(hosts.flat()),
    senders: new Set(accepted.map(({ officerId }) => codes.ownerOf(officerId))),
    groupId: group?.id ?? nothing,
    hasOffice: group !== null && group.coordinatingOfficeId !== null,
  };
}

/** Whether the offices have selected somebody for a group. Only the offices know. */
export const readHasDelegates = createFactReader<boolean>({
  field: 'group',
  selection: '{ delegateCount }',
  read: ({ delegateCount }) => typeof delegateCount === 'number' && delegateCount > 0,
});
