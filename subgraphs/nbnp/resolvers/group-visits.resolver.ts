import type { PartnerContext } from '@hub/shared/server';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { loadVisibleVisits } from './visible-visits.js';

@Resolver(() => Group)
export class GroupVisitsResolver {
  @FieldResolver(() => [Visit], { nullable: true })
  visits(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<Visit[]> {
    return loadVisibleVisits(id, context);
  }
}
