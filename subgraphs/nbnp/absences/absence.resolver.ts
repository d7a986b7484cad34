import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ownJourneys, people } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { loadAbsences } from '../access/load-absences.js';
import { Group } from '../entities/group.entity.js';
import { Participant } from '../entities/participant.interface.js';
import { Absence, Visit } from '../entities/visit.entity.js';
import { mayReadPerson } from '../sides/people.js';
import { RecordAbsenceInput, RemoveAbsenceInput } from './absence.input.js';
import { recordAbsence } from './record-absence.js';
import { removeAbsence } from './remove-absence.js';

@Resolver(() => Absence)
export class AbsenceResolver {
  @Mutation(() => Group, {
    nullable: true,
    description:
      'Records that a member does not travel on a visit, or leaves it early; recorded again, it corrects the day and the reason. Rules: CANCELLED, NOT_MEMBER, OUTSIDE_VISIT, EVALUATED.',
  })
  @Access('coordinator')
  recordAbsence(
    @Arg('input', () => RecordAbsenceInput, { description: words.Input.input })
    input: RecordAbsenceInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordAbsence(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Removes an absence that was a mistake, unless somebody has taken the place of the member. `NOT_FOUND` if none is recorded. Rules: CANCELLED, REFERRED_TO, EVALUATED.',
  })
  @Access('coordinator')
  removeAbsence(
    @Arg('input', () => RemoveAbsenceInput, { description: words.Input.input })
    input: RemoveAbsenceInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return removeAbsence(context, input);
  }

  @FieldResolver(() => Participant, {
    nullable: true,
    description: 'Who was absent: an officer of a police force, or a delegate of the offices.',
  })
  @Self()
  participant(@Root() { participantId }: Absence): Pick<Participant, 'id'> {
    return { id: participantId };
  }

  @FieldResolver(() => Visit, { description: 'The visit that the member missed, or a part of it.' })
  @Self()
  visit(@Root() { visitId }: Absence, @Ctx() { loaders }: PartnerContext): Promise<Visit | null> {
    return loaders.one(Visit).load(visitId);
  }
}

@Resolver(() => Group)
export class GroupAbsencesResolver {
  @FieldResolver(() => [Absence], {
    nullable: true,
    description:
      'The members who did not travel on a visit, or left it early, by visit and participant. Those who were replaced stay in the list.',
  })
  @Access('peopleList')
  @Self()
  async absences(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<Absence[]> {
    const absences = await loadAbsences(id, context);
    const isOwn = ({ participantId }: Absence) => ownJourneys.isHerself(context, participantId);
    if (context.reader.kind === 'participant') return absences.filter(isOwn);
    return people.filter(context, absences, ({ participantId }) =>
      mayReadPerson(context, participantId, id),
    );
  }
}
