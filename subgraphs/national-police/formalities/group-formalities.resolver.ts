import type { PartnerContext } from '@hub/shared/context';
import { countOpenFormalities } from '@hub/shared/journeys';
import { words } from '@hub/shared/vocabulary';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.reference.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { loadMemberIds } from './load-members.js';

@Resolver(() => Group)
export class GroupFormalitiesResolver {
  /** Nothing can be recorded of an erased member, so nothing of her is open. */
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.Group.officerFormalitiesOpen,
  })
  async officerFormalitiesOpen(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const { loaders } = context;
    const ids = await loadMemberIds(context, id);
    const officers = await Promise.all(ids.map((one) => loaders.one(Officer).load(one)));
    const members = officers.flatMap((one) => (one && one.name !== null ? one.id : []));
    const ofGroup = loaders.many(OfficerFormality, 'groupId', {
      orderBy: [{ property: 'officerId' }, { property: 'kind' }],
    });
    return countOpenFormalities(
      new Set(members),
      await ofGroup.load(id),
      ({ officerId }) => officerId,
    );
  }
}
