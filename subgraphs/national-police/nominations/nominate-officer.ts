import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import {
  checkPersonFits,
  createId,
  findPerson,
  notFound,
  perform,
  type Rehearsable,
} from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { IsNull } from 'typeorm';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import type { NominateOfficerInput } from './officer-nomination.input.js';

/** The facts of a group that only the network knows. */
interface GroupFacts extends Rehearsable, sides.SidesResponse {
  readonly cancelledOn: string | null;
  readonly visits: readonly { readonly departedOn: string | null }[] | null;
  readonly programme: dates.Span & { readonly targetGroups: readonly string[] };
}

const factsQuery = `query NominationFacts($group: ID!) {
  group(id: $group) {
    isRehearsal
    ${sides.selection}
    cancelledOn
    visits { departedOn }
    programme { startsOn endsOn targetGroups }
  }
}`;

async function askGroup({ askHub }: PartnerContext, group: string): Promise<GroupFacts> {
  const response = await askHub(factsQuery, { group });
  return (response['group'] as GroupFacts | null) ?? notFound('input.group');
}

function checkGroup(group: GroupFacts, on: string, country: string): void {
  const between = sides.read(group);
  if (!sides.sendsOfficersOf(between, country)) {
    if (between.direction !== null) violateRule('DIRECTION', 'input.group');
    violateRule('SIDE', 'input.group', 'PERSON_ELSEWHERE');
  }
  if (group.cancelledOn !== null) violateRule('CANCELLED', 'input.group');
  if (group.visits?.some(({ departedOn }) => departedOn !== null)) {
    violateRule('DEPARTED', 'input.group');
  }
  if (!dates.isWithin(on, group.programme)) violateRule('OUTSIDE_PROGRAMME', 'input.on');
}

/**
 * Proposes an officer for a group. The network checks on acceptance whether she travels in another
 * group at that time, because a nomination is not yet a journey.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * DIRECTION, SIDE, CANCELLED, DEPARTED, REHEARSAL, TARGET_GROUP, OUTSIDE_PROGRAMME,
 * ALREADY_NOMINATED, ERASED
 */
export async function nominateOfficer(
  context: PartnerContext,
  input: NominateOfficerInput,
): Promise<OfficerNomination> {
  const { group: groupId, on, motivation = null } = input;
  return perform(context, {
    name: 'nominateOfficer',
    input,
    ask: () => askGroup(context, groupId),
    async write(manager, group) {
      const officer = await findPerson(manager, Officer, input.officer, 'input.officer');
      const nominee = { groupId, officerId: officer.id };
      checkGroup(group, on, codes.countryOf(context.partner));
      checkPersonFits(officer, group, 'input.officer');
      if (!group.programme.targetGroups.includes(officer.targetGroup)) {
        violateRule('TARGET_GROUP', 'input.officer');
      }
      if (await manager.existsBy(OfficerNomination, { ...nominee, withdrawnOn: IsNull() })) {
        violateRule('ALREADY_NOMINATED', 'input.officer');
      }
      const own = { id: createId(context), withdrawnOn: null, version: 1 };
      const nomination = { ...nominee, ...own, nominatedOn: on, motivation };
      await manager.insert(OfficerNomination, nomination);
      return nomination;
    },
    find: (manager, id) => manager.findOneBy(OfficerNomination, { id }),
  });
}
