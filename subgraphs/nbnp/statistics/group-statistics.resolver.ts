import { Access } from '@hub/shared/identity';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { people, sides } from '@hub/shared/programme';
import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadMemberAbsences } from '../access/load-absences.js';
import { loadAccepted, loadDeclined } from '../access/load-related.js';
import { endedBy, loadVisibleVisits } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/participant.interface.js';
import { countMembers } from '../groups/derive-group-state.js';
import { loadGroupFacts } from '../groups/load-group-facts.js';
import { loadGroupSides } from '../sides/load-sides.js';
import { mayReadDecision, mayReadPerson } from '../sides/people.js';
import { sumDaysTravelled, sumMissedDays } from './days-travelled.js';

/** Statistics of a group for dashboards and for the statistics of other subgraphs. */
@Resolver(() => Group)
export class GroupStatisticsResolver {
  @FieldResolver(() => [Officer], {
    nullable: true,
    description:
      'The officers whom the network has accepted and not released: its own part of `members`, available without the offices.',
  })
  @Access('peopleList')
  async acceptedOfficers(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<Pick<Officer, 'id'>[]> {
    const accepted = await loadAccepted(id, context);
    const officers = accepted.map(({ officerId }) => ({ id: officerId }));
    const known = await people.filter(context, officers, (officer) =>
      mayReadPerson(context, officer.id, id),
    );
    return known.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  @Directive('@requires(fields: "delegateCount")')
  @FieldResolver(() => [String], {
    nullable: true,
    description:
      'The codes of the organisations that send a member, in order; null while the offices are unavailable and may be among them.',
  })
  @Access('signedIn')
  async senders(@Root() group: Group, @Ctx() context: PartnerContext): Promise<string[] | null> {
    const { delegateCount = null } = group;
    if (delegateCount === null && sides.sendsDelegates(await loadGroupSides(group, context)))
      return null;
    const accepted = await loadAccepted(group.id, context);
    const police = accepted.map(({ officerId }) => codes.ownerOf(officerId));
    return [...new Set(delegateCount ? [...police, codes.officesCode] : police)].sort();
  }

  @FieldResolver(() => [OfficerNomination], {
    nullable: 'itemsAndList',
    description:
      'The nominations that the network has declined, or released after accepting them: its own part of `officerNominations`, available without the police force.',
  })
  @Access('peopleList')
  async declinedNominations(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<OfficerNomination[]> {
    return people.filter(context, await loadDeclined(id, context), (nomination) =>
      mayReadDecision(context, nomination.id),
    );
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Days from departure to return, both included, over all visits that the caller may see; 0 before the first departure, null while a visit is under way.',
  })
  async daysTravelled(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    return sumDaysTravelled(await loadVisibleVisits(id, context), endedBy(context));
  }

  @Directive('@requires(fields: "delegateCount")')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Person-days on journeys: `daysTravelled` times `memberCount`, without the days that members were absent.',
  })
  async memberDays(@Root() group: Group, @Ctx() context: PartnerContext): Promise<number | null> {
    const [facts, visits] = await Promise.all([
      loadGroupFacts(group, context),
      loadVisibleVisits(group.id, context),
    ]);
    const today = endedBy(context);
    const [members, days] = [countMembers(facts), sumDaysTravelled(visits, today)];
    if (members === null || days === null) return null;
    if (days === 0) return 0;
    const absences = await loadMemberAbsences(group.id, context);
    return Math.max(0, members * days - sumMissedDays(visits, absences, today));
  }
}
