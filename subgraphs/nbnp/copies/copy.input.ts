import { DateScalar, PartialDateScalar } from '@hub/shared/graphql';
import { AtLeast, NotBefore, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('CopyProgrammeInput', { description: 'A new programme, planned as another one.' })
export class CopyProgrammeInput {
  @Field(() => ID, { description: 'Id of the programme to copy.' })
  programme: string;

  @Field(() => String, { description: 'The title of the new one.' })
  title: string;

  @Field(() => PartialDateScalar, { description: 'First day, month or year of the new one.' })
  startsOn: string;

  @Field(() => PartialDateScalar, { description: 'Last day, month or year of the new one.' })
  @NotBefore('startsOn')
  endsOn: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'True to train people with the new one: nothing of it counts as a fact, and no real person travels.',
  })
  isRehearsal?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('CopyGroupInput', {
  description: 'A new group, with the visits of another one on other days.',
})
export class CopyGroupInput {
  @Field(() => ID, { description: 'Id of the group to copy.' })
  group: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the programme of the new one. It needs sides of the same names. The same programme if left out.',
  })
  programme?: string | null;

  @Field(() => String, { description: 'What the new one is called.' })
  name: string;

  @Field(() => DateScalar, {
    description:
      'The new first day of its first visit. All visits and stops move by as many days. A group without a visit has none to move.',
  })
  startsOn: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people the new one is planned for; as the copied one if left out.',
  })
  @AtLeast(0, 'The size must not be negative.')
  plannedSize?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the office in Russia that co-ordinates a new group with a direction: null for none, the same if left out. Sides have their own.',
  })
  coordinatingOffice?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('CopyVisitInput', { description: 'A new visit, planned as another one on other days.' })
export class CopyVisitInput {
  @Field(() => ID, { description: 'Id of the visit to copy.' })
  visit: string;

  @Field(() => ID, { description: 'Id of the group that makes the new one.' })
  group: string;

  @Field(() => DateScalar, {
    description: 'The first day of the new one. Its stops move by as many days.',
  })
  startsOn: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the new one is called; as the copied one if left out.',
  })
  title?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}
