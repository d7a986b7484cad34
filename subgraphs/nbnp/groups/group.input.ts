import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { AtLeast, Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';
import { Direction, GroupState } from '../entities/vocabulary.js';

@InputType('GroupFilter', { description: 'Selects groups. All given conditions must hold.' })
export class GroupFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the programme that the group travels in.',
  })
  programme?: string | null;

  @Field(() => Direction, {
    nullable: true,
    description: 'The documented direction in which the group travels.',
  })
  direction?: Direction | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the office that co-ordinates it: `ncm:led`. It finds the groups of an office that was merged into it, too.',
  })
  coordinatingOffice?: string | null;

  @Field(() => [GroupState], {
    nullable: true,
    description:
      'Its state is one of these, as far as the caller may know it. A group whose state is not certain is found if its true state may be one of them. `QUERY_TOO_COMPLEX` if the other conditions select more than 500 groups.',
  })
  state?: GroupState[] | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description:
      'A country of the side that it comes from, of the planned side that it goes to, or that hosts a visit of it which the caller may see and which was not cancelled. In a documented direction only hosts say where it goes.',
  })
  country?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description:
      'False to leave out those of rehearsals. Each of these says so by its `isRehearsal`.',
  })
  rehearsals?: boolean | null;
}

@InputType('CreateGroupInput', { description: 'A new group of a programme.' })
export class CreateGroupInput {
  @Field(() => ID, { description: 'Id of the programme.' })
  programme: string;

  @Field(() => String, { description: 'What the group is called.' })
  name: string;

  @Field(() => Direction, {
    nullable: true,
    description: 'A documented direction, in place of `from` and `to`.',
    deprecationReason: 'Use `from` and `to`.',
  })
  direction?: Direction | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the side of the programme that its members come from.',
  })
  from?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the side of the programme that it visits.',
  })
  to?: string | null;

  @Field(() => Int, {
    description: 'How many people it is planned for, within the programme’s sizes.',
  })
  @AtLeast(0, 'The size must not be negative.')
  plannedSize: number;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the office in Russia that co-ordinates a group with a direction: `ncm:led`. Sides have their own.',
  })
  coordinatingOffice?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('ChangeGroupInput', {
  description: 'A change of a group’s plan. What is left out stays as it is.',
})
export class ChangeGroupInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => String, { nullable: true, description: 'What the group is called.' })
  name?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people it is planned for, within the programme’s sizes.',
  })
  @AtLeast(0, 'The size must not be negative.')
  plannedSize?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the office in Russia that co-ordinates a group with a direction; null for none. Sides have their own.',
  })
  coordinatingOffice?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('CancelGroupInput', { description: 'The cancellation of a group.' })
export class CancelGroupInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => DateScalar, { description: 'The day of the cancellation.' })
  @Happened()
  on: string;

  @Field(() => String, { description: 'The reason, as text.' })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('RemoveGroupInput', { description: 'A mistaken group, and why it goes.' })
export class RemoveGroupInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => String, { description: words.Input.removalReason })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}
