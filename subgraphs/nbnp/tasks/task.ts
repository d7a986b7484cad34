import { DateScalar } from '@hub/shared/graphql';
import { AboutPerson, Access } from '@hub/shared/identity';
import { Field, ID, ObjectType } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { TaskCause, TaskKind } from '../entities/vocabulary.js';

/** The kinds whose subject is a person. */
const ofMembers: ReadonlySet<TaskKind> = new Set([
  TaskKind.COMPLETE_FORMALITIES,
  TaskKind.HAND_IN_REPORT,
]);

@ObjectType('Task', {
  description:
    'Something that waits for an organisation. It disappears when a mutation does it, or makes it unnecessary.',
})
@Access('tasks')
@AboutPerson(({ kind, subject }: Task) => (ofMembers.has(kind) ? subject : null))
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
      'The day by which it is due: the deadline of the programme, or the day that the rules allow (such as the departure), whichever is earlier. Null if no record says.',
  })
  dueOn: string | null;

  @Field(() => TaskCause, { description: 'Why it waits.' })
  cause: TaskCause;

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

/** What each kind asks for, in a sentence. */
const sentences: Readonly<Record<TaskKind, string>> = {
  NOMINATE: 'Nominate somebody for the group {group}',
  PLAN_VISIT: 'Plan a visit of the group {group}',
  ADD_STOP: 'Plan a stop of the visit {visit}',
  DECIDE_NOMINATION: 'Decide on a nominee for the group {group}',
  CONFIRM_STOP: 'Confirm a stop of the visit {visit}',
  DECIDE_LOAN: 'Decide on the loan of an expert for the visit {visit}',
  OFFER_HOSTING: 'Offer to host the visit {visit}',
  CONFIRM_HOSTING: 'Confirm or withdraw the offer to host the visit {visit}',
  REPLACE_HOST: 'Find another host for the visit {visit}',
  REPLACE_EXPERT: 'Find another expert for the visit {visit}',
  COMPLETE_FORMALITIES: 'Settle the formalities of a member of the group {group}',
  BRIEF_GROUP: 'Brief the group {group}',
  RECORD_DEPARTURE: 'Record the departure on the visit {visit}',
  RECORD_RETURN: 'Record the return from the visit {visit}',
  DEBRIEF_GROUP: 'Debrief the group {group}',
  HAND_IN_REPORT: 'Hand in the report of a member of the group {group}',
  DRAFT_EVALUATION: 'Write your part of the evaluation',
  SIGN_EVALUATION: 'Sign the evaluation',
};

/** A task in a sentence, with the name of its group or visit. */
export function sayTask({ kind, cause, group, visit }: Task): string {
  const names: Readonly<Record<string, string | undefined>> = {
    group: group?.name,
    visit: visit?.title,
  };
  const sentence = sentences[kind].replace(/\{(\w+)\}/, (_, of: string) => `“${names[of] ?? ''}”`);
  return `${sentence}${cause === TaskCause.PUT_BACK ? ' again' : ''}.`;
}
