import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { readNetworkDecisions } from '../access/network-decisions.js';
import { officerRights } from '../access/people.js';
import { Group } from '../entities/group.reference.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';

/**
 * The nominations of a group that are neither withdrawn nor declined by the network. The network is
 * asked only if one is not withdrawn.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
async function keepStanding(
  context: PartnerContext,
  groupId: string,
  nominations: readonly OfficerNomination[],
): Promise<OfficerNomination[]> {
  const kept = nominations.filter(({ withdrawnOn }) => withdrawnOn === null);
  if (kept.length === 0) return kept;
  const decisions = await readNetworkDecisions(context, groupId);
  return kept.filter(({ id }) => !decisions?.declined.has(id));
}

@Resolver(() => Group)
export class GroupResolver {
  @FieldResolver(() => [OfficerNomination], {
    nullable: true,
    description: 'The nominations of officers for the group, of all police forces, by id.',
  })
  @Access('peopleList')
  async officerNominations(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<OfficerNomination[]> {
    const nominations = await context.loaders.many(OfficerNomination, 'groupId').load(id);
    return officerRights.filterNominations(context, nominations);
  }

  /**
   * The number of officers who handed in a report, each counted once. A report shows that the group
   * is back, so the number is 0 for a caller who may not see that.
   */
  @FieldResolver(() => Int, { nullable: true, description: words.Group.officerReportsReceived })
  async officerReportsReceived(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    if (!(await itineraries.mayKnowJourneys(context, id))) return 0;
    return context.loaders.count(ParticipantReport, 'groupId', undefined, 'officerId').load(id);
  }

  @FieldResolver(() => Int, { nullable: true, description: words.Group.officerNominationCount })
  async officerNominationCount(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const nominations = await context.loaders.many(OfficerNomination, 'groupId').load(id);
    return (await keepStanding(context, id, nominations)).length;
  }
}
