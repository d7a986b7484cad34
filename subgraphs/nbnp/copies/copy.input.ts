import { DateScalar, PartialDateScalar } from '@hub/shared/graphql';
import { AtLeast, NotBefore, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('CopyProgrammeInput', {
  description: 'The programme to copy, and what is new of the copy.',
})
export class CopyProgrammeInput {
  @Field(() => ID, { description: 'Id of the programme to copy.' })
  programme: string;

  @Field(() => String, { description: 'The title of the copy.' })
  title: string;

  @Field(() => PartialDateScalar, { description: 'First day, month or year of the copy.' })
  startsOn: string;

  @Field(() => PartialDateScalar, { description: 'Last day, month or year of the copy.' })
  @NotBefore('startsOn')
  endsOn: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'True to train people with the copy: nothing of it counts as a fact, and no real person travels.',
  })
  isRehearsal?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('CopyGroupInput', {
  description: 'The group to copy, and what is new of the copy.',
})
export class CopyGroupInput {
  @Field(() => ID, { description: 'Id of the group to copy.' })
  group: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the programme of the copy. It needs sides of the same names. The same programme if left out.',
  })
  programme?: string | null;

  @Field(() => String, { description: 'What the copy is called.' })
  name: string;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The new first day of its first visit. All visits and stops move by as many days. Required if the group has visits that were not cancelled.',
  })
  startsOn?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people the copy is planned for; as many as the group if left out.',
  })
  @AtLeast(0, 'The size must not be negative.')
  plannedSize?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the office in Russia that co-ordinates a copy with a direction: null for none. If left out, the same, or the one that it was merged into, or none if that is closed by then. Sides have their own.',
  })
  coordinatingOffice?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('CopyVisitInput', { description: 'The visit to copy, and what is new of the copy.' })
export class CopyVisitInput {
  @Field(() => ID, { description: 'Id of the visit to copy.' })
  visit: string;

  @Field(() => ID, { description: 'Id of the group that makes the copy.' })
  group: string;

  @Field(() => DateScalar, {
    description: 'The first day of the copy. Its stops move by as many days.',
  })
  startsOn: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the copy is called; as the visit if left out.',
  })
  title?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}
