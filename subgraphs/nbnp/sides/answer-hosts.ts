import { sides } from '@hub/shared/programme';
import { isDeepStrictEqual } from 'node:util';
import { In, IsNull, type EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { EarlierPlan } from '../entities/visit-plan.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { findGroupSides } from './load-sides.js';

/** The hosts of a visit, in the order of the request, and who answers for each of them. */
export const answerHosts = (
  visitId: string,
  countries: readonly string[],
  group: sides.GroupSides,
  members: ReadonlySet<string>,
): VisitHost[] =>
  countries.map((country, position) => ({
    visitId,
    country,
    position,
    owner: sides.answererOf(group, country, members),
  }));

const findHosts = (manager: EntityManager, visitId: string): Promise<VisitHost[]> =>
  manager.find(VisitHost, { where: { visitId }, order: { position: 'ASC' } });

/** What the next plan of a visit changes. */
type NextPlan = Partial<Pick<Visit, 'startsOn' | 'endsOn'>> & {
  readonly hosts?: readonly VisitHost[];
};

/** A country and who answers for it: another one has to consent anew. */
const toHost = ({ country, owner }: VisitHost) => ({ country, owner });

/**
 * Keeps the plan of a visit before its days or hosts change, or who answers for them. A consent ends
 * when the next plan is not within its days and hosts, so that nothing has to be written at its
 * owner.
 */
export async function keepPlan(
  manager: EntityManager,
  { id: visitId, startsOn, endsOn, version: untilVersion }: Visit,
  { hosts: nextHosts, ...days }: NextPlan,
): Promise<void> {
  const hosts = await findHosts(manager, visitId);
  const present = { startsOn, endsOn, hosts: hosts.map(toHost) };
  const next = { ...present, ...days, ...(nextHosts && { hosts: nextHosts.map(toHost) }) };
  if (isDeepStrictEqual(next, present)) return;
  const hostCountries = hosts.map(({ country }) => country);
  await manager.insert(EarlierPlan, { visitId, untilVersion, startsOn, endsOn, hostCountries });
}

/** Writes the hosts of a visit anew, also those of its stops, and keeps the plan before. */
export async function writeHosts(
  manager: EntityManager,
  visit: Visit,
  hosts: readonly VisitHost[],
): Promise<void> {
  await keepPlan(manager, visit, { hosts });
  await manager.delete(VisitHost, { visitId: visit.id });
  await manager.insert(VisitHost, [...hosts]);
  for (const { visitId, country, owner } of hosts)
    await manager.update(ItineraryStop, { visitId, hostCountry: country }, { hostOwner: owner });
}

/** The visits ahead of the groups that go between the sides of a programme. */
async function findAhead(manager: EntityManager, programmeId: string) {
  const standing = { programmeId, direction: IsNull(), cancelledOn: IsNull() };
  const groups = await manager.findBy(Group, standing);
  const visits = await manager.findBy(Visit, {
    groupId: In(groups.map(({ id }) => id)),
    departedOn: IsNull(),
    cancelledOn: IsNull(),
  });
  return visits.flatMap((visit) => {
    const group = groups.find(({ id }) => id === visit.groupId);
    return group ? [{ visit, group }] : [];
  });
}

/** The countries that host these visits. */
export async function findHostsAhead(
  manager: EntityManager,
  programmeId: string,
): Promise<string[]> {
  const ahead = await findAhead(manager, programmeId);
  const visitId = In(ahead.map(({ visit }) => visit.id));
  const hosts = await manager.findBy(VisitHost, { visitId });
  return [...new Set(hosts.map(({ country }) => country))];
}

/** Decides anew who answers for the visits ahead, after the sides of their programme have changed. */
export async function answerAnew(
  manager: EntityManager,
  programmeId: string,
  members: ReadonlySet<string>,
): Promise<void> {
  for (const { visit, group } of await findAhead(manager, programmeId)) {
    const before = await findHosts(manager, visit.id);
    const countries = before.map(({ country }) => country);
    const between = await findGroupSides(manager, group);
    const hosts = answerHosts(visit.id, countries, between, members);
    if (hosts.every(({ owner }, index) => owner === before[index]?.owner)) continue;
    await writeHosts(manager, visit, hosts);
    await manager.update(Visit, { id: visit.id }, { version: visit.version + 1 });
  }
}
