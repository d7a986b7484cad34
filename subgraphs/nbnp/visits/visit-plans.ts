import type { PartnerContext } from '@hub/shared/context';
import type { EntityManager } from 'typeorm';
import { hostOrder } from '../access/load-related.js';
import { EarlierPlan, type VisitPlan } from '../entities/visit-plan.entity.js';
import { VisitHost, type Visit } from '../entities/visit.entity.js';

/**
 * Keeps the plan of a visit before its days or hosts change. The consents of hosts and lenders are
 * for the plan that they were given for: those for which the next plan has too much end by
 * themselves, and nothing has to be written at their owners.
 */
export async function keepPlan(
  manager: EntityManager,
  { id: visitId, startsOn, endsOn, version: untilVersion }: Visit,
): Promise<void> {
  const hosts = await manager.find(VisitHost, { where: { visitId }, order: { position: 'ASC' } });
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
