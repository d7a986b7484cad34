import { Access } from '@hub/shared/identity';
import {
  codes,
  createFactReader,
  readers,
  type Levels,
  type PartnerContext,
} from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { isMember } from '../access/load-related.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';

const loadGroupIds = async (
  programmeId: string,
  { loaders }: PartnerContext,
): Promise<string[]> => {
  const groups = await loaders.many(Group, 'programmeId').load(programmeId);
  return groups.filter(({ cancelledOn }) => cancelledOn === null).map(({ id }) => id);
};

/** The officers who are members of a group of a programme. */
async function loadOfficers(programmeId: string, context: PartnerContext): Promise<Set<string>> {
  const groups = await loadGroupIds(programmeId, context);
  const decided = context.loaders.many(OfficerNomination, 'groupId');
  const nominations = (await Promise.all(groups.map((id) => decided.load(id)))).flat();
  return new Set(nominations.filter(isMember).map(({ officerId }) => officerId));
}

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

/** Servers that decide on the consents of their people. */
export const memberReaders: Levels<Programme> = {
  members: {
    readers:
      'the servers of the offices and of the police forces that send somebody in the programme',
    async decide(programme, context) {
      const { reader } = context;
      if (programme === undefined || !readers.hasRole(reader, ['service'])) return false;
      const organisation = readers.organisationOf(reader);
      if (organisation === codes.officesCode) return true;
      const officers = await loadOfficers(programme.id, context);
      return [...officers].some((id) => codes.ownerOf(id) === organisation);
    },
  },
};

@Resolver(() => Programme)
export class ProgrammeMemberResolver {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether a person is a member of one of its groups that were not cancelled, to decide whether a consent reaches them. Recorded as a reading about the person.',
  })
  @Access('members')
  async hasMember(
    @Root() { id }: Programme,
    @Arg('person', () => ID, { description: 'Id of an officer or a delegate.' }) person: string,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    context.disclosures.note('Programme', 'hasMember', id, person);
    if (codes.ownerOf(person) !== codes.officesCode)
      return (await loadOfficers(id, context)).has(person);
    const [groups, selected] = await Promise.all([
      loadGroupIds(id, context),
      readDelegateGroups(context, person),
    ]);
    return (selected ?? []).some((group) => groups.includes(group));
  }
}
