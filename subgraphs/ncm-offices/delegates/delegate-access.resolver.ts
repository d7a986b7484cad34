import { Access, Self } from '@hub/shared/identity';
import { participants, words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import { Delegate } from '../entities/delegate.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';

const { accessWords, InvitationLink, ParticipantAccess } = participants;

/** The delegates whom an office has selected, as members or reserves. */
export const delegatesWhoTravel: participants.Travellers<Delegate> = {
  entity: Delegate,
  field: 'delegate',
  selection: 'status',
  isStanding: ({ status }) => status === NominationStatus.SELECTED,
};

@InputType({ description: accessWords.invited })
class InviteDelegateInput {
  @Field(() => ID, { description: 'Id of the delegate: `ncm:…`.' })
  delegate: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({ description: accessWords.ended })
class EndDelegateAccessInput {
  @Field(() => ID, { description: 'Id of the delegate: `ncm:…`.' })
  delegate: string;
}

/** How a delegate opens the pages about her own journey. */
@Resolver(() => Delegate)
export class DelegateAccessResolver {
  @Mutation(() => InvitationLink, { nullable: true, description: accessWords.invite })
  @Access('coordinator')
  inviteDelegate(
    @Arg('input', () => InviteDelegateInput, { description: words.Input.input })
    input: InviteDelegateInput,
    @Ctx() context: PartnerContext,
  ): Promise<participants.InvitationLink> {
    const person = {
      name: 'inviteDelegate',
      input,
      id: input.delegate,
      argument: 'input.delegate',
    };
    return participants.invitePerson(context, delegatesWhoTravel, person);
  }

  @Mutation(() => Delegate, { nullable: true, description: accessWords.end })
  @Access('coordinator')
  endDelegateAccess(
    @Arg('input', () => EndDelegateAccessInput, { description: words.Input.input })
    { delegate: id }: EndDelegateAccessInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    const person = { name: 'endDelegateAccess', id, argument: 'input.delegate' };
    return participants.endPersonsAccess(context, delegatesWhoTravel, person);
  }

  @FieldResolver(() => ParticipantAccess, { nullable: true, description: accessWords.access })
  @Access('ownChanges')
  @Self()
  access(
    @Root() { id }: Delegate,
    @Ctx() context: PartnerContext,
  ): Promise<participants.ParticipantAccess | null> {
    return participants.readAccess(context, id);
  }
}
