import type { PartnerContext } from '@hub/shared/policy';
import { hostOrder } from '../access/load-related.js';
import { EarlierPlan, type VisitPlan } from '../entities/visit-plan.entity.js';
import { VisitHost, type Visit } from '../entities/visit.entity.js';

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
