import type { PartnerContext } from '@hub/shared/policy';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { hostOrder } from '../access/load-related.js';
import { EarlierPlan, type VisitPlan } from '../entities/visit-plan.entity.js';
import { VisitHost, type Visit } from '../entities/visit.entity.js';

/**
 * Keeps the plan of a visit before its days or hosts change. A consent ends when the next plan is
 * not within its days and hosts, so that nothing has to be written at its owner.
 */
export async function keepPlan(
  manager: EntityManager,
  { id: visitId, startsOn, endsOn, version: untilVersion }: Visit,
  next: Partial<Pick<VisitPlan, 'startsOn' | 'endsOn' | 'hostCountries'>>,
): Promise<void> {
  const hosts = await manager.find(VisitHost, { where: { visitId }, order: { position: 'ASC' } });
  const hostCountries = hosts.map(({ country }) => country);
  const present = { startsOn, endsOn, hostCountries };
  if (isDeepStrictEqual({ ...present, ...next }, present)) return;
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
