import type { PartnerContext } from '@hub/shared/policy';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { hostOrder } from '../access/load-related.js';
import { EarlierPlan, type VisitPlan } from '../entities/visit-plan.entity.js';
import { VisitHost, type Visit } from '../entities/visit.entity.js';

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
  const hosts = await manager.find(VisitHost, { where: { visitId }, order: { position: 'ASC' } });
  const present = { startsOn, endsOn, hosts: hosts.map(toHost) };
  const next = { ...present, ...days, ...(nextHosts && { hosts: nextHosts.map(toHost) }) };
  if (isDeepStrictEqual(next, present)) return;
  const hostCountries = hosts.map(({ country }) => country);
  await manager.insert(EarlierPlan, { visitId, untilVersion, startsOn, endsOn, hostCountries });
}

/** The plans of a visit, oldest first. The last one is the present plan. */
export async function loadPlans(
  { id, startsOn, endsOn }: Visit,
  { loaders }: Pick<PartnerContext, 'loaders'>,
): Promise<VisitPlan[]> {
  const byVersion = { orderBy: [{ property: 'untilVersion' }] };
  const [earlier, hosts] = await Promise.all([
    loaders.many(EarlierPlan, 'visitId', byVersion).load(id),
    loaders.many(VisitHost, 'visitId', { orderBy: hostOrder }).load(id),
  ]);
  const plans = [
    ...earlier,
    { startsOn, endsOn, hostCountries: hosts.map(({ country }) => country) },
  ];
  return plans.map((plan, index) =>
    Object.assign(plan, { fromVersion: (earlier[index - 1]?.untilVersion ?? 0) + 1 }),
  );
}
