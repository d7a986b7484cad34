import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Participant } from '../entities/participant.interface.js';
import { InformationRead, Visit } from '../entities/visit.entity.js';
import { mayReadReads } from '../visits/visit.policy.js';
import { AcknowledgeInformationInput } from './acknowledge-information.input.js';
import { acknowledgeInformation } from './acknowledge-information.js';

@Resolver(() => Visit)
export class VisitInformationResolver {
  @Mutation(() => Visit, {
    nullable: true,
    description:
      'A member says that they have read the practical information of a visit. `CONFLICT` if it has changed since, or is not written. Rules: NOT_MEMBER, CANCELLED, RETURNED.',
  })
  @Access('self')
  acknowledgeInformation(
    @Arg('input', () => AcknowledgeInformationInput, { description: words.Input.input })
    input: AcknowledgeInformationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return acknowledgeInformation(context, input);
  }

  @FieldResolver(() => [InformationRead], {
    nullable: true,
    description:
      'The members who say that they have read its practical information, by id. Callers other than the network’s staff get their own people.',
  })
  @Access('informationReads')
  async informationReadBy(
    @Root() { id }: Visit,
    @Ctx() context: PartnerContext,
  ): Promise<InformationRead[]> {
    const orderBy = [{ property: 'participantId' }];
    const reads = await context.loaders.many(InformationRead, 'visitId', { orderBy }).load(id);
    return reads.filter(({ participantId }) => mayReadReads(context, participantId));
  }
}

@Resolver(() => InformationRead)
export class InformationReadResolver {
  @FieldResolver(() => Participant, {
    nullable: true,
    description: 'The officer or delegate who has read it.',
  })
  participant(@Root() { participantId }: InformationRead): Pick<Participant, 'id'> {
    return { id: participantId };
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether they have read it as it is now; false once it has changed.',
  })
  async isCurrent(
    @Root() { visitId, informationVersion }: InformationRead,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<boolean> {
    const visit = await loaders.one(Visit).load(visitId);
    return visit?.informationVersion === informationVersion;
  }
}
