import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { DateScalar, DateTimeScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';

/** The contract’s `Invitation`: every partner that has people publishes it. */
@Directive('@shareable')
@ObjectType('Invitation', {
  description:
    'The invitation of a person to the pages about the own journey. Hand the link to that person, and to nobody else.',
})
@Access('coordinator')
export class InvitationLink {
  readonly id: string;

  @Field(() => ID, { description: 'The id of the person.' })
  person: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Opens one session, once, within seven days. It stands in this response alone: null if the call is repeated.',
  })
  link: string | null;

  @Field(() => DateTimeScalar, { description: 'Until when the link opens a session.' })
  expiresAt: string;
}

/** The contract’s `ParticipantAccess`. */
@Directive('@shareable')
@ObjectType('ParticipantAccess', {
  description: 'How a person can open the pages about the own journey.',
})
@Access('participantAccess')
export class ParticipantAccess {
  @Field(() => DateScalar, { description: 'The day of the latest invitation.' })
  invitedOn: string;

  @Field(() => DateTimeScalar, { description: 'Until when its link opens a session.' })
  expiresAt: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the link was used; null before, and if it was not.',
  })
  usedOn: string | null;

  @Field(() => Boolean, {
    description:
      'True if a used link, or a copy of a session, came again: somebody else may have it. The session has ended.',
  })
  wasTriedAgain: boolean;

  @Field(() => Int, { description: 'In how many browsers the person is signed in; at most three.' })
  sessions: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day on which a session was opened or renewed; null without one.',
  })
  lastUsedOn: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day of the access, by the person’s journeys; null once it has ended.',
  })
  endsOn: string | null;
}
