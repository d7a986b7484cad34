import type { PartnerContext } from '@hub/shared/server';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';

@Resolver(() => OfficerNomination)
export class OfficerNominationResolver {
  @FieldResolver(() => Officer)
  officer(
    @Root() { officerId }: OfficerNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Officer | null> {
    return loaders.one(Officer).load(officerId);
  }
}
