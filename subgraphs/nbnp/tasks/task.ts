import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { Field, ID, ObjectType } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { TaskKind } from '../entities/vocabulary.js';

@ObjectType('Task', {
  description:
    'Something that waits for an organisation. It disappears when a mutation does it, or makes it unnecessary.',
})
@Access('tasks')
export class Task {
  @Field(() => ID, {
    description: '`nbnp:` and a local part: the same as long as the task waits.',
  })
  id: string;

  @Field(() => TaskKind, { description: 'What has to be done.' })
  kind: TaskKind;

  @Field(() => ID, {
    description:
      'Id of what it is about: the nomination, stop, assignment, hosting, person, group, visit or programme.',
  })
  subject: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day since which it waits; null if no record says.',
  })
  since: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day by which it is due: the departure, or the last day that the rules allow. Null if no record says.',
  })
  dueOn: string | null;

  @Field(() => Group, {
    nullable: true,
    description: 'The group that it is about; null for a programme.',
  })
  group: Group | null;

  @Field(() => Visit, {
    nullable: true,
    description:
      'The visit that it is about: of a report the last one on which the person travelled. Null for what concerns no single visit.',
  })
  visit: Visit | null;

  @Field(() => Boolean, {
    description:
      'True if nobody knows whether it still waits, because the organisation that could say did not respond. The response names it.',
  })
  isUncertain: boolean;
}
