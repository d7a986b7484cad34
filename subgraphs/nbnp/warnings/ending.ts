import { createEnum, DateScalar } from '@hub/shared/graphql';
import { AboutPerson, Access } from '@hub/shared/identity';
import { Field, ID, ObjectType } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';

export const EndingKind = createEnum('EndingKind', 'What others ended.', {
  VISIT_CANCELLED:
    'A visit that the organisation offered to host, or lends an expert for, was cancelled.',
  NOMINATION_WITHDRAWN: 'A nomination for a group was withdrawn, which the network is told.',
  NOMINATION_DECLINED:
    'The network declined a nomination of the police force, or released its officer.',
  HOST_CLOSED:
    'The body of the organisation that confirmed a visit closes before its end: the warning of this code.',
  SITE_CLOSED:
    'The institution of a stop closes before its day, which the network is told: the warning of this code.',
});
export type EndingKind = keyof typeof EndingKind;

@ObjectType('Ending', {
  description: 'Something that others ended, so that an organisation does not wait for it.',
})
@Access('tasks')
// As in a task, a nomination names nobody.
@AboutPerson(() => null)
export class Ending {
  @Field(() => ID, { description: '`nbnp:` and a local part: always the same for one ending.' })
  id: string;

  @Field(() => EndingKind, { description: 'What ended.' })
  kind: EndingKind;

  @Field(() => ID, { description: 'Id of what ended: the visit, nomination, hosting or stop.' })
  subject: string;

  @Field(() => String, {
    description:
      'The same in one English sentence, with its group or visit: `The visit “A week” is cancelled.`',
  })
  message: string;

  @Field(() => DateScalar, {
    description: 'The day on which it ended. A body or an institution may close on a later day.',
  })
  endedOn: string;

  @Field(() => Group, { description: 'The group that it is about.' })
  group: Group;

  @Field(() => Visit, {
    nullable: true,
    description: 'The visit that it is about; null for a nomination.',
  })
  visit: Visit | null;
}
