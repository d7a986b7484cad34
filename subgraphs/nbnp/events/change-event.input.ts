import { Distinct, NotNull, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';
import { EventKind, PartyRoleKind } from '../entities/vocabulary.js';
import { PartyRoleInput } from '../network/party-role.input.js';
import { EventDetails } from './record-event.input.js';

@InputType('ChangeEventInput', {
  description:
    'A correction of an event. What is left out stays as it is; null removes a value. A list replaces the whole list.',
})
export class ChangeEventInput extends EventDetails {
  @Field(() => ID, { description: 'Id of the event.' })
  event: string;

  @Field(() => String, { nullable: true, description: 'Its title.' })
  @NotNull()
  title?: string | null;

  @Field(() => EventKind, { nullable: true, description: 'The category; `OTHER` if none fits.' })
  @NotNull()
  kind?: EventKind | null;

  @Field(() => [PartyRoleInput], {
    nullable: true,
    description:
      'All roles, organisers too, in the order to show them. A role that stays keeps its source. An organiser other than the network must stay one, and can take out only its own parties as organisers.',
  })
  @NotNull()
  @Distinct()
  roles?: PartyRoleInput[] | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}

@InputType('RemoveEventInput', { description: 'A mistaken event, and why it goes.' })
export class RemoveEventInput {
  @Field(() => ID, { description: 'Id of the event.' })
  event: string;

  @Field(() => String, {
    description: words.Input.removalReason,
  })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('RemoveEventRoleInput', { description: 'A role at an event that was a mistake.' })
export class RemoveEventRoleInput {
  @Field(() => ID, { description: 'Id of the event.' })
  event: string;

  @Field(() => ID, { description: 'Id of the party that has the role.' })
  party: string;

  @Field(() => PartyRoleKind, { description: 'The role that goes. Other roles of the party stay.' })
  role: PartyRoleKind;

  @Field(() => Int, { description: words.Input.version })
  version: number;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;
}
