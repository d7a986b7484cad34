import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { countOpenFormalities, countRefusedVisas, peopleCounts } from '@hub/shared/programme';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.reference.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { loadMemberIds } from './load-members.js';

/**
 * This police force’s members of a group, and all formalities recorded for it. Nothing can be
 * recorded of an erased member, so nothing of her is open.
 */
async function loadRecorded(id: string, context: PartnerContext) {
  const { loaders } = context;
  const ids = await loadMemberIds(context, id);
  const officers = await Promise.all(ids.map((one) => loaders.one(Officer).load(one)));
  const members = new Set(officers.flatMap((one) => (one && one.name !== null ? one.id : [])));
  if (members.size === 0) return { members, formalities: [] };
  const ofGroup = loaders.many(OfficerFormality, 'groupId', {
    orderBy: [{ property: 'officerId' }, { property: 'kind' }],
  });
  return { members, formalities: await ofGroup.load(id) };
}

const personOf = ({ officerId }: OfficerFormality): string => officerId;

@Resolver(() => Group)
export class GroupFormalitiesResolver {
  /** @throws HubError `FORBIDDEN` for a small count, to anonymous callers */
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.Group.officerFormalitiesOpen,
  })
  async officerFormalitiesOpen(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const { members, formalities } = await loadRecorded(id, context);
    if (members.size === 0) return 0;
    return peopleCounts.showLarge(countOpenFormalities(members, formalities, personOf), context);
  }

  /** @throws HubError `FORBIDDEN` for a small count, to anonymous callers */
  @FieldResolver(() => Int, { nullable: true, description: words.Group.visasRefused })
  async officerVisasRefused(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const { members, formalities } = await loadRecorded(id, context);
    if (members.size === 0) return 0;
    const group = { groupId: id, members };
    return peopleCounts.showLarge(
      await countRefusedVisas(context, group, formalities, personOf),
      context,
    );
  }
}
