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
import { Officer } from '../entities/officer.entity.js';

const { accessWords, InvitationLink, ParticipantAccess } = participants;

/** The officers whom the network has accepted, as members or reserves. */
export const officersWhoTravel: participants.Travellers<Officer> = {
  entity: Officer,
  field: 'officer',
  selection: 'acceptedOn declinedOn',
  isStanding: ({ acceptedOn, declinedOn }) => acceptedOn != null && declinedOn == null,
};

@InputType({ description: accessWords.invited })
class InviteOfficerInput {
  @Field(() => ID, { description: 'Id of the officer: `dk:…`.' })
  officer: string;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({ description: accessWords.ended })
class EndOfficerAccessInput {
  @Field(() => ID, { description: 'Id of the officer: `dk:…`.' })
  officer: string;
}

/** How an officer opens the pages about her own journey. */
@Resolver(() => Officer)
export class OfficerAccessResolver {
  @Mutation(() => InvitationLink, { nullable: true, description: accessWords.invite })
  @Access('coordinator')
  inviteOfficer(
    @Arg('input', () => InviteOfficerInput, { description: words.Input.input })
    input: InviteOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<participants.InvitationLink> {
    const person = { name: 'inviteOfficer', input, id: input.officer, argument: 'input.officer' };
    return participants.invitePerson(context, officersWhoTravel, person);
  }

  @Mutation(() => Officer, { nullable: true, description: accessWords.end })
  @Access('coordinator')
  endOfficerAccess(
    @Arg('input', () => EndOfficerAccessInput, { description: words.Input.input })
    { officer: id }: EndOfficerAccessInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    const person = { name: 'endOfficerAccess', id, argument: 'input.officer' };
    return participants.endPersonsAccess(context, officersWhoTravel, person);
  }

  @FieldResolver(() => ParticipantAccess, { nullable: true, description: accessWords.access })
  @Access('ownChanges')
  @Self()
  access(
    @Root() { id }: Officer,
    @Ctx() context: PartnerContext,
  ): Promise<participants.ParticipantAccess | null> {
    return participants.readAccess(context, id);
  }
}
