import { FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Visit } from '../entities/visit.entity.js';
import { countDaysTravelled } from './days-travelled.js';

@Resolver(() => Visit)
export class VisitStatisticsResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Days from departure to return, both counted; 0 before departure, null until the return.',
  })
  daysTravelled(@Root() visit: Visit): number | null {
    return countDaysTravelled(visit);
  }
}
