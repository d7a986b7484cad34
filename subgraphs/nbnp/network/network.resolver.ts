import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { loadClaims } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Membership, Network } from '../entities/network.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { findSpokesmanship, spokesmanshipOrder } from './find-spokesmanship.js';

@Resolver(() => Network)
export class NetworkResolver {
  @Query(() => Network, {
    nullable: true,
    description: 'The network, its members and its spokesmanships.',
  })
  @Access('open')
  network(@Ctx() { source }: PartnerContext): Promise<Network | null> {
    return source.getRepository(Network).createQueryBuilder('network').getOne();
  }

  @FieldResolver(() => [Membership], { description: 'The eight member countries.' })
  members(@Ctx() { source }: PartnerContext): Promise<Membership[]> {
    return source.getRepository(Membership).find({ order: { country: 'ASC' } });
  }

  @FieldResolver(() => [Claim], {
    description: 'What individual sources say about the network, if they differ or are uncertain.',
  })
  claims(@Root() { id }: Network, @Ctx() context: PartnerContext): Promise<Claim[]> {
    return loadClaims(id, context);
  }

  @FieldResolver(() => [Spokesmanship], {
    description: 'All known terms of the spokesmanship, the earliest first.',
  })
  spokesmanships(
    @Root() { id }: Network,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Spokesmanship[]> {
    return loaders.many(Spokesmanship, 'bodyId', { orderBy: spokesmanshipOrder }).load(id);
  }

  @FieldResolver(() => Spokesmanship, {
    nullable: true,
    description:
      'The country that held the spokesmanship on that day (today if left out); null if not documented.',
  })
  spokesmanship(
    @Root() { id }: Network,
    @Arg('on', () => DateScalar, { nullable: true, description: 'The day; today if left out.' })
    on: string | null,
    @Ctx() { source, clock }: PartnerContext,
  ): Promise<Spokesmanship | null> {
    return findSpokesmanship(source, id, on ?? clock().toISOString().slice(0, 10));
  }
}
