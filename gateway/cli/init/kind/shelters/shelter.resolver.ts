import { byId, pagination, readPage } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Shelter } from '../entities/shelter.entity.js';
import { Visit } from '../entities/visit.reference.js';
import { ShelterFilter } from './shelter.input.js';

const { ConnectionType: ShelterConnection } = pagination.createConnectionTypes(Shelter, 'Shelter', {
  counts: 'exact',
  access: 'open',
});

@Resolver(() => Shelter)
export class ShelterResolver {
  @Query(() => Shelter, { nullable: true, description: 'One record; null if none has this id.' })
  @Access('open')
  shelter(
    @Arg('id', () => ID, { description: 'Its id: `new-kind:…`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Shelter | null> {
    return loaders.one(Shelter).load(id);
  }

  @Query(() => ShelterConnection, { nullable: true, description: 'All records, by id.' })
  @Access('open')
  shelters(
    @pagination.Paged() page: pagination.PageArguments,
    @Arg('filter', () => ShelterFilter, {
      nullable: true,
      description: 'All records if left out.',
    })
    filter: ShelterFilter | null,
    @Ctx() { source }: PartnerContext,
  ): Promise<pagination.Connection<Shelter>> {
    const query = source.getRepository(Shelter).createQueryBuilder('shelter');
    const country = filter?.country;
    if (country != null) query.andWhere('shelter.country = :country', { country });
    return readPage(query, byId, page);
  }

  @FieldResolver(() => Visit, {
    nullable: true,
    description: 'The visit that it is kept for; null if for none.',
  })
  visit(@Root() { visitId }: Shelter): Visit | null {
    return visitId === null ? null : { id: visitId };
  }
}
