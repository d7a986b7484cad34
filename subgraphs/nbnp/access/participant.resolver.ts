import { Access } from '@hub/shared/identity';
import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Participant } from '../entities/participant.interface.js';
import { isMember } from './load-related.js';

interface DelegateResponse {
  readonly nominations?:
    | readonly ({
        readonly groupId: string;
        readonly status?: string | null;
        readonly reserve?: boolean | null;
      } | null)[]
    | null;
}

/** The groups for which the offices have selected a delegate. */
const readDelegateGroups = createFactReader<readonly string[]>({
  field: 'delegate',
  selection: '{ nominations { groupId status reserve } }',
  read: ({ nominations }: DelegateResponse) =>
    (nominations ?? []).flatMap((one) =>
      one?.status === 'SELECTED' && one.reserve !== true ? one.groupId : [],
    ),
});

/**
 * The ids of the groups of which a person is a member.
 * @throws HubError `PARTNER_…` for a delegate while the offices are unavailable
 */
export async function loadGroupIds(
  personId: string,
  context: PartnerContext,
): Promise<readonly string[]> {
  if (codes.ownerOf(personId) === codes.officesCode)
    return (await readDelegateGroups(context, personId)) ?? [];
  const nominations = await context.loaders.many(OfficerNomination, 'officerId').load(personId);
  return nominations.filter(isMember).map(({ groupId }) => groupId);
}

/** The network’s field of people who travel. */
@Resolver(() => Participant)
export class ParticipantResolver {
  @FieldResolver(() => [Group], {
    nullable: true,
    description: 'The groups of which the person is a member, by id.',
  })
  @Access('self')
  async groups(
    @Root() { id }: Pick<Participant, 'id'>,
    @Ctx() context: PartnerContext,
  ): Promise<Group[]> {
    const ids = [...new Set(await loadGroupIds(id, context))].sort();
    const groups = await Promise.all(ids.map((one) => context.loaders.one(Group).load(one)));
    return groups.filter((group) => group !== null);
  }
}
