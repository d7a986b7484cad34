import { Access, Self } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { people, sides } from '@hub/shared/programme';
import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadAccepted } from '../access/load-related.js';
import { Group } from '../entities/group.entity.js';
import { Participant } from '../entities/participant.interface.js';
import { GroupState } from '../entities/vocabulary.js';
import { loadGroupSides } from '../sides/load-sides.js';
import { mayReadPerson } from '../sides/people.js';
import {
  countFormalities,
  countMembers,
  countReports,
  countTravellers,
} from './derive-group-state.js';
import { isStateKnown, loadState, stateFacts } from './group-state.js';
import { loadGroupFacts } from './load-group-facts.js';

const stateRequires = `@requires(fields: "${stateFacts}")`;

/**
 * Fields that are derived from the network’s facts and from other owners’ facts in the
 * representation.
 */
@Resolver(() => Group)
export class GroupDerivedResolver {
  @Directive('@requires(fields: "delegates { id }")')
  @FieldResolver(() => [Participant], {
    nullable: 'itemsAndList',
    description:
      'Accepted officers of the police units together with the delegates whom an NCM office selected.',
  })
  @Access('peopleList')
  @Self()
  async members(
    @Root() group: Group,
    @Ctx() context: PartnerContext,
  ): Promise<Pick<Participant, 'id'>[] | null> {
    // A Nordic-Baltic group has only officers, so the offices are not needed.
    const { id, delegates } = group;
    if (!delegates && sides.sendsDelegates(await loadGroupSides(group, context))) return null;
    const accepted = await loadAccepted(id, context);
    const ids = [
      ...accepted.map(({ officerId }) => officerId),
      ...(delegates ?? []).map((delegate) => delegate.id),
    ];
    const members = ids.sort().map((participant) => ({ id: participant }));
    return people.filter(context, members, (member) => mayReadPerson(context, member.id, id));
  }

  @Directive('@requires(fields: "delegateCount")')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many accepted officers and selected delegates it has; null while the offices are unavailable.',
  })
  async memberCount(@Root() group: Group, @Ctx() context: PartnerContext): Promise<number | null> {
    return countMembers(await loadGroupFacts(group, context));
  }

  @Directive('@requires(fields: "delegateCount")')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many reports are due after the journey: one from each member, except those who were absent from the first day of every visit; null while the offices are unavailable.',
  })
  async reportsExpected(
    @Root() group: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    return countTravellers(await loadGroupFacts(group, context));
  }

  @Directive('@requires(fields: "delegateReportsReceived officerReportsReceived")')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many members have handed in a report, over all owners; null while an owner is unavailable.',
  })
  async reportsReceived(
    @Root() group: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    return countReports(await loadGroupFacts(group, context));
  }

  @Directive('@requires(fields: "delegateFormalitiesOpen officerFormalitiesOpen")')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many formalities of its members are open: neither `RECEIVED` nor `NOT_NEEDED`, over all owners. Each member has all five kinds. Null while an owner is unavailable.',
  })
  async formalitiesOpen(
    @Root() group: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    return countFormalities(await loadGroupFacts(group, context));
  }

  @Directive(stateRequires)
  @FieldResolver(() => GroupState, {
    nullable: true,
    description:
      'Derived from the group’s recorded dates, each of which has one owner. If an owner did not respond, the true state is this one or a later one.',
  })
  state(@Root() group: Group, @Ctx() context: PartnerContext): Promise<GroupState> {
    return loadState(group, context);
  }

  @Directive(stateRequires)
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'False if dates are missing or hidden from the caller, so that the true state may be later.',
  })
  stateIsCertain(@Root() group: Group, @Ctx() context: PartnerContext): Promise<boolean> {
    return isStateKnown(group, context);
  }
}
