import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { loadOne, loadParty } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Event } from '../entities/event.entity.js';
import { Party } from '../entities/party.interface.js';
import { ClaimFilter } from './claim.input.js';
import { findContradictions, type ClaimedProperty } from './find-contradictions.js';

@ObjectType('Contradiction', {
  description: 'A property of a record of which sources state different values.',
})
@Access('open')
class Contradiction implements ClaimedProperty {
  @Field(() => ID, {
    description: 'Id of the record, or `membership:` and the country of a member.',
  })
  subject: string;

  @Field(() => String, { description: words.Claim.property })
  property: string;

  @Field(() => [Claim], {
    description: 'What each source states, in the order of the facts. One is preferred, or none.',
  })
  claims: readonly Claim[];
}

@Resolver(() => Contradiction)
export class ClaimsResolver {
  @Query(() => [Contradiction], {
    nullable: true,
    description:
      'Where sources contradict each other, in the records of all organisations, ordered by subject and property. The network asks the other owners; an error names one that is unavailable, and the list is without its records.',
  })
  @Access('open')
  async claims(
    @Arg('filter', () => ClaimFilter, {
      nullable: true,
      description: 'Selects claims. @default all',
    })
    filter: ClaimFilter | null,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly ClaimedProperty[]> {
    const { value, missing } = await findContradictions(context, filter ?? {});
    for (const error of missing) context.missing.note(error, info);
    return value;
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The record, if it is an event.',
  })
  event(@Root() { subject }: Contradiction, @Ctx() context: PartnerContext): Promise<Event | null> {
    return loadOne(Event, subject, context);
  }

  @FieldResolver(() => Party, {
    nullable: true,
    description: 'The record, if it is an organisation, an office or a police unit.',
  })
  async party(
    @Root() { subject }: Contradiction,
    @Ctx() context: PartnerContext,
  ): Promise<object | null> {
    const owner = codes.ownerOf(subject);
    const isOfParty =
      owner === codes.networkCode || owner === codes.officesCode || codes.isPoliceCode(owner);
    return isOfParty ? loadParty(subject, context) : null;
  }
}
