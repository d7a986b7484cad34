import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { endedBy } from '../access/visible-visits.js';
import { Visit } from '../entities/visit.entity.js';
import { countDaysTravelled } from './days-travelled.js';

@Resolver(() => Visit)
export class VisitStatisticsResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Days from departure to return, both included; 0 before departure, null while the visit is under way. Dates in the future do not count, as in `sectorStatistics`.',
  })
  daysTravelled(@Root() visit: Visit, @Ctx() context: PartnerContext): number | null {
    return countDaysTravelled(visit, endedBy(context));
  }
}
